// Declarations of the parser library that this package calls, and of our own entry points in dump.c.
//
// The library itself is compiled by the Go package that bundles it, which parse.go imports for its symbols alone.
// Only what is needed is declared here.

#ifndef PICKLETRACE_SYNTAX_DUMP_H
#define PICKLETRACE_SYNTAX_DUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

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

typedef struct {
	uint32_t row;
	uint32_t column;
} TSPoint;

typedef struct {
	void *payload;
	const char *(*read)(void *payload, uint32_t byte, TSPoint position, uint32_t *size);
	int encoding; // 0 is UTF-8
} TSInput;

const TSLanguage *tree_sitter_python(void);

TSParser *ts_parser_new(void);
void ts_parser_delete(TSParser *);
bool ts_parser_set_language(TSParser *, const TSLanguage *);
void ts_parser_set_cancellation_flag(TSParser *, const size_t *);
TSTree *ts_parser_parse(TSParser *, const TSTree *, TSInput);

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

// A pt_node has the same layout as the Go type Node; kind_test.go checks it.
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
	uint16_t splat_kind;    // the kinds of nodes to look out for
	uint16_t alias_kind;
	uint32_t splats;        // out: how many there are
	uint32_t aliases;
	uint32_t cut;           // out: how many subtrees were cut off
	uint32_t error_total;   // out
	int32_t errors[2 * PT_MAX_ERRORS]; // out: start and end of the first errors
} pt_dump;

// A pt_job is the parsing of one text.
typedef struct {
	pt_arena *arena;
	uint64_t max_bytes; // that may be allocated
	uint64_t max_reads; // of pieces of text, before the parser is stopped
	uint64_t bytes;     // out: allocated
	uint64_t reads;     // out
	TSTree *tree;       // out: in the arena; NULL if the parser was stopped
	uint32_t count;     // out: nodes of the tree
} pt_job;

void pt_parse(pt_job *job, const char *text, uint32_t size);
int64_t pt_dump_tree(const pt_job *job, pt_node *out, pt_dump *d);

#endif
