# The body of an object, and an object written to a stream.
import io
import pickle

import boto3


def restore(bucket, key):
    client = boto3.client("s3")
    body = client.get_object(Bucket=bucket, Key=key)["Body"].read()  # source s3
    return pickle.loads(body)  # want error PKL101 from s3


def restore_stream(bucket, key):
    stream = io.BytesIO()
    boto3.client("s3").download_fileobj(bucket, key, stream)  # source stream
    stream.seek(0)
    return pickle.load(stream)  # want error PKL101 from stream
