"""The official examples by the official Python SDK: send.py HOST:PORT REQUESTS.json

Prints what came back, an object a line: the action, and the answer without what is random.
"""

import json
import sys

from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.essbasic.v20210526 import models
from tencentcloud.essbasic.v20210526.essbasic_client import EssbasicClient

endpoint, examples = sys.argv[1:]
profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=endpoint))
client = EssbasicClient(Credential("AKIDsdk", "sdk"), "", profile)


def call(action, request):
    made = getattr(models, action + "Request")()
    made.from_json_string(json.dumps(request))
    return json.loads(getattr(client, action)(made).to_json_string())


def told(action, **what):
    print(json.dumps({"action": action, **what}, ensure_ascii=False, sort_keys=True))


for example in json.load(open(examples, encoding="utf-8")):
    action, request = example["action"], example["request"]
    answer = call(action, request)
    if action == "PrepareFlows":
        told(action, links=int(answer["ConfirmUrl"].startswith("https://")))
        continue
    told(action, messages=answer["ErrorMessages"], data=answer["CustomerData"], ids=[len(flow) for flow in answer["FlowIds"]])
    detail = call("DescribeFlowDetailInfo", {"Agent": request["Agent"], "FlowIds": answer["FlowIds"]})
    told(
        "DescribeFlowDetailInfo",
        flows=[[flow["FlowName"], flow["CustomData"], len(flow["FlowApproverInfos"])] for flow in detail["FlowInfo"]],
    )
