"""PrepareFlows by the official Python SDK: sdk.py HOST:PORT REQUESTS THREADS -> requests/s.

The request objects are made and every connection is opened before the clock starts.
"""

import sys
import threading
import time

from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.essbasic.v20210526 import models
from tencentcloud.essbasic.v20210526.essbasic_client import EssbasicClient

endpoint, requests, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def request(number):
    agent = models.Agent()
    agent.AppId, agent.ProxyOrganizationOpenId = "a", "o"
    agent.ProxyOperator = models.UserInfo()
    agent.ProxyOperator.OpenId = "p"
    made = models.PrepareFlowsRequest()
    made.Agent, made.JumpUrl, made.FlowInfos = agent, "https://www.example.com/", []
    for place in range(number * 20 + 1, number * 20 + 21):
        approver = models.FlowApproverInfo()
        approver.Name, approver.Mobile, approver.ApproverType = "测试", f"138{place:08}", "PERSON"
        flow = models.FlowInfo()
        flow.FlowName, flow.TemplateId = f"劳动合同_{place}", "yDemoTemplate0000000000000000001"
        flow.Deadline, flow.CustomerData = 4102415999, "eyJrIjoiUC0wMDAwMDAxIn0="
        flow.FlowApprovers = [approver]
        made.FlowInfos.append(flow)
    return made


def client():
    profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=endpoint, keepAlive=True))
    return EssbasicClient(Credential("AKIDbench", "bench"), "", profile)


def work(own, ready):
    mine = client()
    mine.PrepareFlows(own[0])
    ready.wait()
    for one in own:
        assert mine.PrepareFlows(one).ConfirmUrl


made = [request(number) for number in range(requests)]
ready = threading.Barrier(threads + 1)
workers = [threading.Thread(target=work, args=(made[first::threads], ready)) for first in range(threads)]
for worker in workers:
    worker.start()
ready.wait()
start = time.monotonic()
for worker in workers:
    worker.join()
print(requests / (time.monotonic() - start))
