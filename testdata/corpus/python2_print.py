import cPickle
import urllib2


def restore(url):
    body = urllib2.urlopen(url).read()
    print "got", len(body)
    print >>sys.stderr, "x",
    return cPickle.loads(body)
