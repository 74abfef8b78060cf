cdef int f(int x) nogil:
    return x
cimport numpy as np
ctypedef unsigned char u8
