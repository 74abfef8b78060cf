# AWS Lambda: the event of the handler.
import base64
import pickle


def lambda_handler(event, context):  # source event
    body = base64.b64decode(event["body"])
    return {"statusCode": 200, "body": str(pickle.loads(body))}  # want error PKL101 from event
