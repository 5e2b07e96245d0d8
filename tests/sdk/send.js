// The official examples by the official Node SDK: send.js HOST:PORT REQUESTS.json
// Prints the same lines as send.py.
const fs = require("fs")
const { v20210526 } = require("tencentcloud-sdk-nodejs/tencentcloud/services/essbasic").essbasic

const [endpoint, examples] = process.argv.slice(2)
const client = new v20210526.Client({
    credential: { secretId: "AKIDsdk", secretKey: "sdk" },
    region: "",
    profile: { httpProfile: { protocol: "http://", endpoint } },
})

function told(what) {
    const sorted = Object.fromEntries(Object.entries(what).sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(JSON.stringify(sorted))
}

async function main() {
    for (const { action, request } of JSON.parse(fs.readFileSync(examples, "utf8"))) {
        const answer = await client[action](request)
        if (action === "PrepareFlows") {
            told({ action, links: Number(answer.ConfirmUrl.startsWith("https://")) })
            continue
        }
        told({ action, messages: answer.ErrorMessages, data: answer.CustomerData, ids: answer.FlowIds.map((id) => id.length) })
        const detail = await client.DescribeFlowDetailInfo({ Agent: request.Agent, FlowIds: answer.FlowIds })
        const flow = (one) => [one.FlowName, one.CustomData, one.FlowApproverInfos.length]
        told({ action: "DescribeFlowDetailInfo", flows: detail.FlowInfo.map(flow) })
    }
}

main().catch((error) => {
    console.error(String(error))
    process.exit(1)
})
