# Python 2: urllib2, print statements and the old except syntax.
import cPickle
import sys
import urllib2


def restore(url):
    try:
        body = urllib2.urlopen(url).read()  # source net
    except urllib2.URLError, error:
        print >>sys.stderr, "failed:", error
        raise
    print "got", len(body)
    return cPickle.loads(body)  # want error PKL101 from net
