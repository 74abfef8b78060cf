# cPickle of Python 2 has no subclasses: the allow-list is assigned to find_global of the instance.
import cPickle
import urllib2
from cStringIO import StringIO


class SafeUnpickler(object):
    SAFE = {"collections": set(["OrderedDict"])}

    @classmethod
    def find_class(cls, module, name):
        if module not in cls.SAFE or name not in cls.SAFE[module]:
            raise cPickle.UnpicklingError("unsafe class %s.%s" % (module, name))
        __import__(module)
        return getattr(__import__(module), name)

    @classmethod
    def loads(cls, data):
        unpickler = cPickle.Unpickler(StringIO(data))
        unpickler.find_global = cls.find_class
        return unpickler.load()  # spurious error PKL101: an allow-list assigned to find_global is not seen


def restore(url):
    return SafeUnpickler.loads(urllib2.urlopen(url).read())
