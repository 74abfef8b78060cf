# A file of an object store, fetched to a local path.
import boto3
import joblib


def restore(bucket, key):
    client = boto3.client("s3")
    client.download_file(bucket, key, "/tmp/model.joblib")  # source s3
    return joblib.load("/tmp/model.joblib")  # want error PKL103 from s3
