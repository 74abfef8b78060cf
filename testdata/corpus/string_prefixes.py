a = rb"x" Rb'y' bR"""z"""
b = u"x" R"\" f"{1}" rf"{2}\d" Fr'{3}'
c = "\x41\u0041\N{BULLET}\101\
"
d = b"\x80\x04\xff"
