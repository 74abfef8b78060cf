// Memory of one parse. Everything the parser library allocates for a file comes from an arena and is given back at
// once, so that nothing can leak, freeing a tree costs nothing, and the work done for a file can be counted.

#ifndef PICKLETRACE_SYNTAX_ARENA_H
#define PICKLETRACE_SYNTAX_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct pt_arena pt_arena;

// pt_arena_install makes the parser library allocate through arenas. To be called once, before anything else.
void pt_arena_install(void);

pt_arena *pt_arena_new(void);
void pt_arena_delete(pt_arena *);

// pt_arena_use makes allocations of this thread come from the arena, from the ordinary heap if it is NULL.
void pt_arena_use(pt_arena *);

// pt_arena_clear gives back all that was allocated from the arena.
void pt_arena_clear(pt_arena *);

// pt_arena_limit makes *flag 1 as soon as more than limit bytes were allocated since the arena was last clear,
// counting those that were freed since.
void pt_arena_limit(pt_arena *, uint64_t limit, size_t *flag);

// pt_arena_total gives how many bytes were allocated since the arena was last clear.
uint64_t pt_arena_total(const pt_arena *);

#endif
