// PrepareFlows by the official Node SDK: sdk.js HOST:PORT REQUESTS IN_FLIGHT AGENT -> requests/s.
// AGENT: default (as the SDK comes: node-fetch then closes each connection) or keep-alive.
// The request objects are made and the code is warm before the clock starts.
const http = require("http")
const { v20210526 } = require("tencentcloud-sdk-nodejs/tencentcloud/services/essbasic").essbasic

const [endpoint, requests, inFlight, agent] = process.argv.slice(2)
const httpProfile = { protocol: "http://", endpoint }
if (agent === "keep-alive") httpProfile.agent = new http.Agent({ keepAlive: true, maxSockets: Number(inFlight) })
const client = new v20210526.Client({
    credential: { secretId: "AKIDbench", secretKey: "bench" },
    region: "",
    profile: { httpProfile },
})

function request(number) {
    const flows = Array.from({ length: 20 }, (_, place) => number * 20 + place + 1)
    return {
        Agent: { AppId: "a", ProxyOrganizationOpenId: "o", ProxyOperator: { OpenId: "p" } },
        JumpUrl: "https://www.example.com/",
        FlowInfos: flows.map((place) => ({
            FlowName: `劳动合同_${place}`,
            TemplateId: "yDemoTemplate0000000000000000001",
            Deadline: 4102415999,
            CustomerData: "eyJrIjoiUC0wMDAwMDAxIn0=",
            FlowApprovers: [{ Name: "测试", Mobile: `138${String(place).padStart(8, "0")}`, ApproverType: "PERSON" }],
        })),
    }
}

async function send(made) {
    let next = 0
    const work = async () => {
        while (next < made.length) {
            const answer = await client.PrepareFlows(made[next++])
            if (!answer.ConfirmUrl) throw new Error(JSON.stringify(answer))
        }
    }
    await Promise.all(Array.from({ length: Number(inFlight) }, work))
}

async function main() {
    const made = Array.from({ length: Number(requests) }, (_, number) => request(number))
    await send(made.slice(0, 500))
    const start = process.hrtime.bigint()
    await send(made)
    console.log(made.length / (Number(process.hrtime.bigint() - start) / 1e9))
}
main()
