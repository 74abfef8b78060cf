package rule

import (
	"bytes"
	"encoding/json"
)

// Schema gives the rule language as a JSON schema (draft 2020-12), for editors. It accepts every pack that Load does;
// what only Load can see (references, patterns, regular expressions) it does not check.
func Schema() []byte {
	root := fileShape.schema()
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "pickletrace rule pack"
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(root); err != nil {
		panic(err) // maps of strings always encode
	}
	return out.Bytes()
}

// schema of a shape: the schema of its only alternative, or anyOf.
func (s *shape) schema() map[string]any {
	var alts []any
	if s.scalar != nil {
		alts = append(alts, s.scalar.schemas()...)
	}
	if s.object != nil {
		alts = append(alts, s.object.schema())
	}
	if s.items != nil {
		array := map[string]any{"type": "array", "items": s.items.schema()}
		if s.min > 0 {
			array["minItems"] = s.min
		}
		alts = append(alts, array)
	}
	if len(alts) == 1 {
		return alts[0].(map[string]any)
	}
	return map[string]any{"anyOf": alts}
}

func (c *scalar) schemas() []any {
	var alts []any
	if c.num {
		alts = append(alts, map[string]any{"type": "integer", "minimum": c.min, "maximum": c.max})
	}
	if c.boolean {
		alts = append(alts, map[string]any{"type": "boolean"})
	}
	if !c.str {
		return alts
	}
	if c.words != nil {
		alts = append(alts, map[string]any{"enum": c.words})
	}
	if c.words != nil && c.re == nil {
		return alts
	}
	s := map[string]any{"type": "string"}
	switch {
	case c.re != nil:
		s["pattern"] = c.re.String()
		if c.anyType() {
			s["type"] = []string{"string", "number", "boolean"}
		}
	default:
		s["pattern"] = `\S`
	}
	if c.maxLen > 0 {
		s["maxLength"] = c.maxLen
	}
	return append(alts, s)
}

// anyType says whether an unquoted number would do as text: 1.0 as a version.
func (c *scalar) anyType() bool { return !c.num && !c.boolean && c.re.MatchString("1.0") }

func (o *object) schema() map[string]any {
	out := map[string]any{"type": "object"}
	props := map[string]any{}
	var required []string
	for _, k := range o.keys {
		p := k.shape.schema()
		p["description"] = k.doc
		props[k.name] = p
		if k.required {
			required = append(required, k.name)
		}
	}
	if len(props) > 0 {
		out["properties"] = props
	}
	if required != nil {
		out["required"] = required
	}
	if o.free != nil {
		out["patternProperties"] = map[string]any{o.free.re.String(): o.free.shape.schema()}
	}
	out["additionalProperties"] = false
	if all := o.groupSchemas(); all != nil {
		out["allOf"] = all
	}
	return out
}

// groupSchemas says exactly one of, at least one of, or at most one of, as schemas.
func (o *object) groupSchemas() []any {
	var all []any
	for _, g := range o.groups {
		var each []any
		for _, name := range g.keys {
			each = append(each, map[string]any{"required": []string{name}})
		}
		switch {
		case g.atLeast == 1 && g.atMost == 1:
			all = append(all, map[string]any{"oneOf": each})
		case g.atLeast == 1:
			all = append(all, map[string]any{"anyOf": each})
		default:
			none := map[string]any{"not": map[string]any{"anyOf": each}}
			all = append(all, map[string]any{"oneOf": append(each, none)})
		}
	}
	return all
}
