// Declarations of the parser library that this package calls, and of our own entry points in dump.c.
//
// The library itself is compiled by the Go package that bundles it, which parse.go imports for its symbols alone.
// Only what is needed is declared here.

#ifndef PICKLETRACE_SYNTAX_DUMP_H
#define PICKLETRACE_SYNTAX_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct TSLanguage TSLanguage;
typedef struct TSParser TSParser;
typedef struct TSTree TSTree;

typedef struct {
	uint32_t context[4];
	const void *id;
	const TSTree *tree;
} TSNode;

typedef struct {
	const void *tree;
	const void *id;
	uint32_t context[3];
} TSTreeCursor;

const TSLanguage *tree_sitter_python(void);

TSParser *ts_parser_new(void);
void ts_parser_delete(TSParser *);
bool ts_parser_set_language(TSParser *, const TSLanguage *);
TSTree *ts_parser_parse_string(TSParser *, const TSTree *, const char *, uint32_t);
void ts_parser_reset(TSParser *);

void ts_tree_delete(TSTree *);
TSNode ts_tree_root_node(const TSTree *);

uint16_t ts_node_symbol(TSNode);
uint32_t ts_node_start_byte(TSNode);
uint32_t ts_node_end_byte(TSNode);
bool ts_node_has_error(TSNode);
bool ts_node_is_missing(TSNode);
uint32_t ts_node_descendant_count(TSNode);

TSTreeCursor ts_tree_cursor_new(TSNode);
void ts_tree_cursor_delete(TSTreeCursor *);
TSNode ts_tree_cursor_current_node(const TSTreeCursor *);
uint16_t ts_tree_cursor_current_field_id(const TSTreeCursor *);
bool ts_tree_cursor_goto_parent(TSTreeCursor *);
bool ts_tree_cursor_goto_next_sibling(TSTreeCursor *);
bool ts_tree_cursor_goto_first_child(TSTreeCursor *);

uint32_t ts_language_symbol_count(const TSLanguage *);
const char *ts_language_symbol_name(const TSLanguage *, uint16_t);
int ts_language_symbol_type(const TSLanguage *, uint16_t);
uint32_t ts_language_field_count(const TSLanguage *);
const char *ts_language_field_name_for_id(const TSLanguage *, uint16_t);

// A pt_node has the same layout as the Go type Node; layout_test.go checks it.
typedef struct {
	uint16_t kind;
	uint8_t field;
	uint8_t named;
	int32_t start;
	int32_t end;
	int32_t next;
} pt_node;

enum { PT_MAX_ERRORS = 100 };

// A pt_dump says how to dump a tree and what was met on the way.
typedef struct {
	const uint16_t *kinds;  // by grammar symbol, symbol_count entries
	const uint8_t *fields;  // by grammar field id, field_count + 1 entries
	const uint8_t *named;   // by grammar symbol
	uint16_t error_kind;    // the kind of ERROR nodes and of subtrees cut off
	uint32_t max_depth;     // nodes deeper than this are cut off
	uint32_t symbol_count;
	uint32_t depth;         // out: of the deepest node, the root being 1
	uint32_t cut;           // out: how many subtrees were cut off
	uint32_t error_total;   // out
	int32_t errors[2 * PT_MAX_ERRORS]; // out: start and end of the first errors
} pt_dump;

TSTree *pt_parse(TSParser *parser, const char *text, uint32_t size, uint32_t *count);
int64_t pt_dump_tree(TSTree *tree, pt_node *out, uint32_t cap, pt_dump *d);

#endif
