// Parsing one file and copying its tree out, with one call into C each.
//
// A tree is walked once with a cursor and written as an array of records in preorder, straight into memory that the
// Go side allocated with the right size. The library's memory is that of an arena, which the next file uses again.

#include "dump.h"

enum { ERROR_SYMBOL = 0xffff };

// PIECE is how many bytes of text the parser gets at once. It asks again when it looks at text a second time, so the
// number of pieces tells how often it went back and forth.
enum { PIECE = 1024 };

typedef struct {
	pt_job *job;
	const char *text;
	uint32_t size;
	size_t stop;
} source;

static const char *read_piece(void *payload, uint32_t byte, TSPoint position, uint32_t *size) {
	(void)position;
	source *s = payload;
	*size = 0;
	if (s->stop || byte >= s->size) {
		return "";
	}
	if (++s->job->reads > s->job->max_reads) {
		s->stop = 1;
		return "";
	}
	uint32_t rest = s->size - byte;
	uint32_t piece = PIECE - byte % PIECE;
	while (piece < rest && ((unsigned char)s->text[byte + piece] & 0xc0) == 0x80) {
		piece++; // a character that a piece ends in would be read as two broken ones
	}
	*size = rest < piece ? rest : piece;
	return s->text + byte;
}

// pt_parse makes the tree of the text. A new parser is used for each text, so that what it does depends on the text
// alone; making one takes less time than parsing a line.
void pt_parse(pt_job *job, const char *text, uint32_t size) {
	source s = {job, text, size, 0};
	job->reads = 0;
	pt_arena_clear(job->arena);
	pt_arena_limit(job->arena, job->max_bytes, &s.stop);
	pt_arena_use(job->arena);
	TSParser *parser = ts_parser_new();
	ts_parser_set_language(parser, tree_sitter_python());
	ts_parser_set_cancellation_flag(parser, &s.stop);
	TSInput input = {&s, read_piece, 0};
	job->tree = ts_parser_parse(parser, NULL, input);
	ts_parser_delete(parser);
	if (s.stop) {
		job->tree = NULL;
	}
	if (job->tree) {
		job->count = ts_node_descendant_count(ts_tree_root_node(job->tree));
	}
	job->bytes = pt_arena_total(job->arena);
	pt_arena_limit(job->arena, UINT64_MAX, NULL);
	pt_arena_use(NULL);
}

static void record_error(pt_dump *d, const pt_node *n) {
	if (d->error_total < PT_MAX_ERRORS) {
		d->errors[2 * d->error_total] = n->start;
		d->errors[2 * d->error_total + 1] = n->end;
	}
	d->error_total++;
}

// fill writes the record of the node under the cursor, except next.
static void fill(pt_node *n, const TSTreeCursor *cursor, bool check, pt_dump *d) {
	TSNode node = ts_tree_cursor_current_node(cursor);
	uint16_t symbol = ts_node_symbol(node);
	n->field = d->fields[ts_tree_cursor_current_field_id(cursor)];
	n->start = (int32_t)ts_node_start_byte(node);
	n->end = (int32_t)ts_node_end_byte(node);
	n->next = 0;
	if (symbol < d->symbol_count) {
		n->kind = d->kinds[symbol];
		n->named = d->named[symbol];
		d->splats += n->kind == d->splat_kind;
		d->aliases += n->kind == d->alias_kind;
		if (check && ts_node_is_missing(node)) {
			record_error(d, n);
		}
	} else {
		n->kind = d->error_kind;
		n->named = 1;
		record_error(d, n);
	}
}

// pt_dump_tree writes the nodes of the tree to out, which has room for as many as pt_parse counted, and gives how many
// it wrote; -1 if they would have been more. While a node is open its next field holds the index of its parent.
int64_t pt_dump_tree(const pt_job *job, pt_node *out, pt_dump *d) {
	pt_arena_use(job->arena);
	TSNode root = ts_tree_root_node(job->tree);
	bool check = ts_node_has_error(root);
	TSTreeCursor cursor = ts_tree_cursor_new(root);
	int64_t count = 0;
	int32_t parent = -1;
	uint32_t depth = 1;
	for (;;) {
		if (count == job->count) {
			count = -1;
			break;
		}
		int32_t current = (int32_t)count++;
		pt_node *n = &out[current];
		fill(n, &cursor, check, d);
		n->next = parent;
		if (ts_tree_cursor_goto_first_child(&cursor)) {
			if (depth < d->max_depth) {
				parent = current;
				depth++;
				continue;
			}
			ts_tree_cursor_goto_parent(&cursor);
			n->kind = d->error_kind;
			n->named = 1;
			d->cut++;
		}
		n->next = current + 1;
		while (!ts_tree_cursor_goto_next_sibling(&cursor)) {
			if (parent < 0) {
				goto done;
			}
			ts_tree_cursor_goto_parent(&cursor);
			int32_t up = out[parent].next;
			out[parent].next = (int32_t)count;
			parent = up;
			depth--;
		}
	}
done:
	ts_tree_cursor_delete(&cursor);
	pt_arena_use(NULL);
	return count;
}
