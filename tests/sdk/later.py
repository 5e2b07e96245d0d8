"""What is asked of contracts after they were started, by the official Python SDK: later.py HOST:PORT

The SDK must know every field of each answer, and each value must have the type that the SDK
says it has. Prints how many actions and values that were.
"""

import json
import re
import sys
import time
import urllib.request
import warnings
from datetime import datetime, timedelta, timezone

from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.essbasic.v20210526 import models
from tencentcloud.essbasic.v20210526.essbasic_client import EssbasicClient

[endpoint] = sys.argv[1:]
profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=endpoint))
client = EssbasicClient(Credential("AKIDsdk", "sdk"), "", profile)
AGENT = {"AppId": "app", "ProxyOrganizationOpenId": "org", "ProxyOperator": {"OpenId": "operator"}}
TEMPLATE = json.load(open("tests/sdk/templates.json", encoding="utf-8"))[0]
PLAIN = {"str": str, "int": int, "bool": bool, "float": (int, float)}
seen = {"actions": set(), "values": 0}


def look(model, where):
    """Holds a model's values against the types in its own documentation."""
    filled = 0
    for name in dir(type(model)):
        own = getattr(type(model), name)
        if not isinstance(own, property):
            continue
        value, kind = getattr(model, name), re.search(r":rtype: (.*)", own.__doc__ or "")
        if value is None or not kind:
            continue
        filled += 1
        kind = kind.group(1).strip()
        many = kind.startswith("list of ")
        for one in value if many else [value]:
            look_one(one, kind.removeprefix("list of "), f"{where}.{name}")
        assert many == isinstance(value, list), f"{where}.{name} is {value!r}, not {kind}"
    assert filled, f"{where} has no value"
    seen["values"] += filled


def look_one(value, kind, where):
    if kind in PLAIN:
        assert isinstance(value, PLAIN[kind]), f"{where} is {value!r}, not {kind}"
        return
    assert type(value).__name__ == kind.rsplit(".", 1)[-1].strip("`"), f"{where} is {type(value)}, not {kind}"
    look(value, where)


def ask(action, **request):
    made = getattr(models, action + "Request")()
    made.from_json_string(json.dumps({"Agent": AGENT, **request}))
    with warnings.catch_warnings():
        # The SDK warns of fields that it does not know, and goes on.
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)
        answer = getattr(client, action)(made)
    look(answer, action)
    seen["actions"].add(action)
    return answer


def flow(number, story=""):
    return {
        "FlowName": f"合同{number}", "TemplateId": TEMPLATE["TemplateId"], "Deadline": int(time.time()) + 86400,
        "CustomerData": "SFQ=", "FlowDescription": story, "FormFields": [{"ComponentName": "岗位", "ComponentValue": "工程师"}],
        "FlowApprovers": [
            {"Name": f"测试{place}", "Mobile": f"1380000{number:02}{place:02}", "ApproverType": "PERSON", "RecipientId": f"r{place}"}
            for place in (1, 2)
        ],
    }


[template] = ask("DescribeTemplates", TemplateIds=[TEMPLATE["TemplateId"]]).Templates
assert [own.RecipientId for own in template.Recipients] == ["r1", "r2"], template
assert template.Components[0].ComponentName == "岗位" and json.loads(template.Components[0].ComponentExtra)

stories = ["", "sandbox:signed", "sandbox:keep sandbox:no-remind", "sandbox:part-signed", "sandbox:refused-by-signer"]
created = ask("CreateFlowsByTemplates", FlowInfos=[flow(n, story) for n, story in enumerate(stories)])
ids = created.FlowIds
assert len(ids) == 5 and created.ErrorMessages == [""] * 5, created

details = {own.FlowId: own for own in ask("DescribeFlowDetailInfo", FlowIds=ids).FlowInfo}
assert [details[one].FlowStatus for one in ids] == ["INIT", "ALL", "INIT", "PART", "REJECT"]
assert all(len(own.FlowApproverInfos) == 2 and own.CustomData == "SFQ=" for own in details.values())

links = ask("CreateSignUrls", FlowIds=ids[:1], GenerateType="ALL")
assert len(links.SignUrlInfos) == 2 and all(one.SignUrl.startswith("https://") for one in links.SignUrlInfos)

reminded = ask("ChannelCreateFlowReminds", FlowIds=[ids[0], ids[2]]).RemindFlowRecords
assert {one.FlowId: one.CanRemind for one in reminded} == {ids[0]: True, ids[2]: False}

resources = ask("DescribeResourceUrlsByFlows", FlowIds=[ids[1]])
[document] = resources.FlowResourceUrlInfos[0].ResourceUrlInfos
assert urllib.request.urlopen(document.Url).read().startswith(b"%PDF-")

day = datetime.now(timezone(timedelta(hours=8))).strftime("%Y%m%d")
bills = ask("ChannelDescribeBillUsageDetail", StartTime=day, EndTime=day, Limit=50, Offset=0)
assert {one.FlowId for one in bills.Details} == set(ids) and bills.Total == len(bills.Details)

begun = ask("ChannelBatchCancelFlows", FlowIds=[ids[0], ids[2]], CancelMessage="签错了")
assert begun.TaskId and len(begun.FailMessages) == 2, begun
task = ask("DescribeCancelFlowsTask", TaskId=begun.TaskId)
assert (task.TaskStatus, task.SuccessFlowIds) == ("END", [ids[0]])
assert [own.FlowId for own in task.FailureFlows] == [ids[2]]

print(f"{len(seen['actions'])} actions answered as the SDK has them: {seen['values']} values of the right type")
