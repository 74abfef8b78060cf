// Parsing one file and copying its tree out, with one call into C each.
//
// A tree is walked once with a cursor and written as an array of records in preorder, straight into memory that the
// Go side allocated with the right size. Nothing of the library's memory survives pt_dump_tree.

#include "dump.h"

enum { ERROR_SYMBOL = 0xffff };

// pt_parse gives the tree of the text and sets count to the number of its nodes. NULL if the parser gave up.
TSTree *pt_parse(TSParser *parser, const char *text, uint32_t size, uint32_t *count) {
	TSTree *tree = ts_parser_parse_string(parser, NULL, text, size);
	ts_parser_reset(parser);
	if (tree) {
		*count = ts_node_descendant_count(ts_tree_root_node(tree));
	}
	return tree;
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
		if (check && ts_node_is_missing(node)) {
			record_error(d, n);
		}
	} else {
		n->kind = d->error_kind;
		n->named = 1;
		record_error(d, n);
	}
}

// pt_dump_tree writes the nodes of the tree to out, frees the tree, and gives the number of nodes written, which is at
// most cap; -1 if they would have been more. While a node is open its next field holds the index of its parent.
int64_t pt_dump_tree(TSTree *tree, pt_node *out, uint32_t cap, pt_dump *d) {
	TSNode root = ts_tree_root_node(tree);
	bool check = ts_node_has_error(root);
	TSTreeCursor cursor = ts_tree_cursor_new(root);
	int64_t count = 0;
	int32_t parent = -1;
	uint32_t depth = 1;
	d->depth = 1;
	for (;;) {
		if (count == cap) {
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
				if (++depth > d->depth) {
					d->depth = depth;
				}
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
	ts_tree_delete(tree);
	return count;
}
