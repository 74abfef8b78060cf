package config

import (
	"encoding/json"
	"fmt"
)

// Schema is the JSON schema of the file, for editors.
func Schema() []byte {
	s := object(keys)
	s["$schema"] = "http://json-schema.org/draft-07/schema#"
	s["title"] = "pickletrace settings"
	s["description"] = ".pickletrace.yml, or [tool.pickletrace] in pyproject.toml"
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // maps of texts
	}
	return append(data, '\n')
}

type jsonObject = map[string]any

func object(ks []key) jsonObject {
	props, must := jsonObject{}, []string{}
	for _, k := range ks {
		if k.must {
			must = append(must, k.name)
		}
		p := k.schema()
		p["description"] = k.doc
		props[k.name] = p
	}
	return jsonObject{"type": "object", "additionalProperties": false, "properties": props, "required": must}
}

func (k *key) schema() jsonObject {
	texts := jsonObject{"type": "array", "items": jsonObject{"type": "string"}}
	switch k.shape {
	case isFlag:
		return jsonObject{"type": "boolean"}
	case isNumber:
		return jsonObject{"type": "integer"}
	case isWords:
		return jsonObject{"oneOf": []jsonObject{{"type": "string"}, texts}}
	case isLevels:
		return jsonObject{"type": "object", "additionalProperties": jsonObject{"enum": ruleLevels}}
	case isSection:
		return object(k.keys)
	case isSections:
		return jsonObject{"type": "array", "items": object(k.keys)}
	}
	if k.enum != nil {
		return jsonObject{"enum": k.enum}
	}
	return jsonObject{"type": "string"}
}

// Reference is the list of all settings as Markdown.
func Reference() string {
	out := "| setting | value | meaning |\n|---|---|---|\n"
	for _, k := range keys {
		out += fmt.Sprintf("| `%s` | %s | %s |\n", k.name, k.value(), k.doc)
		for _, sub := range k.keys {
			out += fmt.Sprintf("| `%s.%s` | %s | %s |\n", k.name, sub.name, sub.value(), sub.doc)
		}
	}
	return out
}

func (k *key) value() string {
	switch k.shape {
	case isFlag:
		return "`true`, `false`"
	case isNumber:
		return "number"
	case isWords:
		return "text or list"
	case isLevels:
		return "rule: level"
	case isSection:
		return "mapping"
	case isSections:
		return "list"
	}
	if k.enum == nil {
		return "text"
	}
	out := ""
	for i, e := range k.enum {
		if i > 0 {
			out += ", "
		}
		out += "`" + e + "`"
	}
	return out
}
