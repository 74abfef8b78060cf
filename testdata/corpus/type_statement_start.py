class A:
    def f(self, v):
        type(self).x = v
        type(self).x.append(v)
        type (self)
        type = 3
        match = type
        case = match
        return type, match, case
