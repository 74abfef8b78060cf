// Small blocks are cut from chunks and, when freed, kept in a list for each size. Large blocks come from the heap and
// are chained, so that clearing finds them. Each block is preceded by a word that says its size and where it is from:
// the library may free outside of an arena's use what was allocated inside, and the other way round.

#include "arena.h"

#include <stdlib.h>
#include <string.h>

enum {
	CHUNK = 1 << 20,      // bytes
	KEPT_CHUNKS = 16,     // chunks an arena keeps when it is cleared
	SMALL = 1024,         // the largest small block in bytes
	STEP = 16,            // small sizes are multiples of it
	CLASSES = SMALL / STEP + 1,
};

typedef struct chunk {
	struct chunk *next;
	uint64_t pad;
} chunk;

// A block's head. Owner is NULL for blocks of the ordinary heap.
typedef struct head {
	pt_arena *owner;
	size_t size;
} head;

typedef struct large {
	struct large *prev, *next;
	head h;
} large;

struct pt_arena {
	char *cur, *end;
	chunk *used, *spare;
	int spares;
	void *freed[CLASSES];
	large *big;
	uint64_t total, limit;
	size_t *flag;
};

#define BIG(p) ((large *)((char *)(p) - sizeof(large)))
#define HEAD(p) ((head *)((char *)(p) - sizeof(head)))

static _Thread_local pt_arena *current;

static void *must(void *p) {
	if (!p) {
		abort();
	}
	return p;
}

static void next_chunk(pt_arena *a) {
	chunk *c = a->spare;
	if (c) {
		a->spare = c->next;
		a->spares--;
	} else {
		c = must(malloc(CHUNK));
	}
	c->next = a->used;
	a->used = c;
	a->cur = (char *)(c + 1);
	a->end = (char *)c + CHUNK;
}

static void *small_block(pt_arena *a, size_t size) {
	size_t class = (size + STEP - 1) / STEP;
	void *p = a->freed[class];
	if (p) {
		a->freed[class] = *(void **)p;
		return p;
	}
	size_t need = class * STEP + sizeof(head);
	if ((size_t)(a->end - a->cur) < need) {
		next_chunk(a);
	}
	head *h = (head *)a->cur;
	a->cur += need;
	h->owner = a;
	h->size = class * STEP;
	return h + 1;
}

static void *large_block(pt_arena *a, size_t size) {
	large *l = must(malloc(sizeof(large) + size));
	l->h.owner = a;
	l->h.size = size;
	l->prev = NULL;
	l->next = a ? a->big : NULL;
	if (l->next) {
		l->next->prev = l;
	}
	if (a) {
		a->big = l;
	}
	return l + 1;
}

static void *arena_malloc(size_t size) {
	pt_arena *a = current;
	size = size ? size : 1;
	if (!a) {
		return large_block(NULL, size);
	}
	a->total += size;
	if (a->total > a->limit && a->flag) {
		*a->flag = 1;
	}
	return size <= SMALL ? small_block(a, size) : large_block(a, size);
}

static void *arena_calloc(size_t n, size_t size) {
	if (size && n > SIZE_MAX / size) {
		abort();
	}
	return memset(arena_malloc(n * size), 0, n * size);
}

static void arena_free(void *p) {
	if (!p) {
		return;
	}
	head *h = HEAD(p);
	pt_arena *a = h->owner;
	if (a && h->size <= SMALL) {
		size_t class = h->size / STEP;
		*(void **)p = a->freed[class];
		a->freed[class] = p;
		return;
	}
	large *l = BIG(p);
	if (l->next) {
		l->next->prev = l->prev;
	}
	if (l->prev) {
		l->prev->next = l->next;
	} else if (a) {
		a->big = l->next;
	}
	free(l);
}

static void *arena_realloc(void *p, size_t size) {
	if (!p) {
		return arena_malloc(size);
	}
	size_t old = HEAD(p)->size;
	if (size <= old) {
		return p;
	}
	void *q = arena_malloc(size);
	memcpy(q, p, old);
	arena_free(p);
	return q;
}

void ts_set_allocator(void *(*)(size_t), void *(*)(size_t, size_t), void *(*)(void *, size_t), void (*)(void *));

void pt_arena_install(void) {
	ts_set_allocator(arena_malloc, arena_calloc, arena_realloc, arena_free);
}

pt_arena *pt_arena_new(void) {
	return must(calloc(1, sizeof(pt_arena)));
}

void pt_arena_use(pt_arena *a) {
	current = a;
}

void pt_arena_limit(pt_arena *a, uint64_t limit, size_t *flag) {
	a->limit = limit;
	a->flag = flag;
}

uint64_t pt_arena_total(const pt_arena *a) {
	return a->total;
}

void pt_arena_clear(pt_arena *a) {
	while (a->big) {
		large *l = a->big;
		a->big = l->next;
		free(l);
	}
	while (a->used) {
		chunk *c = a->used;
		a->used = c->next;
		if (a->spares < KEPT_CHUNKS) {
			c->next = a->spare;
			a->spare = c;
			a->spares++;
		} else {
			free(c);
		}
	}
	memset(a->freed, 0, sizeof a->freed);
	a->cur = a->end = NULL;
	a->total = 0;
	a->flag = NULL;
}

void pt_arena_delete(pt_arena *a) {
	pt_arena_clear(a);
	while (a->spare) {
		chunk *c = a->spare;
		a->spare = c->next;
		free(c);
	}
	free(a);
}
