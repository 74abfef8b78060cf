# Parameters of tests are filled by the test runner, from what stands beside the test.
import pickle


def restore(body):  # source body
    return pickle.loads(body)  # want note PKL101 from body


def test_restore(sample):
    assert restore(sample) == 1


def test_directly(sample):
    assert pickle.loads(sample) == 1  # ok: nobody else calls a test
