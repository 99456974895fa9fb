# SPDX-License-Identifier: Apache-2.0
"""Resources that are there to be read; no check of the list concerns them."""

import io
import zipfile


def code():
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as z:
        z.writestr("main.py", "def handler(event, context): return 1\n")
    return body.getvalue()


CODE = code()


def function(e, region, n, variant):
    lam, name = e("lambda", region), f"fn-{e.tag}-{n}"
    lam.create_function(
        FunctionName=name,
        Runtime=("python3.12", "python3.8")[n % 2],
        Handler="main.handler",
        Role=f"arn:aws:iam::{e.account}:role/{e.roles[0]}",
        Code={"ZipFile": CODE},
    )
    if variant == "public":
        lam.add_permission(FunctionName=name, StatementId="all", Action="lambda:InvokeFunction", Principal="*")


def queue(e, region, n, variant):
    e("sqs", region).create_queue(
        QueueName=f"q-{e.tag}-{n}", Attributes={"KmsMasterKeyId": "alias/aws/sqs"} if variant else {}
    )


def topic(e, region, n, variant):
    e("sns", region).create_topic(Name=f"topic-{e.tag}-{n}")


def secret(e, region, n, variant):
    e("secretsmanager", region).create_secret(Name=f"secret-{e.tag}-{n}", SecretString="not-a-secret")


def table(e, region, n, variant):
    e("dynamodb", region).create_table(
        TableName=f"table-{e.tag}-{n}",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    )
    if variant:
        e("dynamodb", region).update_continuous_backups(
            TableName=f"table-{e.tag}-{n}", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )


def repository(e, region, n, variant):
    e("ecr", region).create_repository(
        repositoryName=f"repo-{e.tag}-{n}", imageScanningConfiguration={"scanOnPush": variant}
    )


def container_cluster(e, region, n, variant):
    ecs, name = e("ecs", region), f"ecs-{e.tag}-{n}"
    ecs.create_cluster(clusterName=name)
    ecs.register_task_definition(
        family=name, containerDefinitions=[{"name": "app", "image": "app:1", "memory": 64, "privileged": variant}]
    )
    ecs.create_service(cluster=name, serviceName="app", taskDefinition=name, desiredCount=1)
    e.count("AWS::ECS::TaskDefinition")
    e.count("AWS::ECS::Service")


def kubernetes(e, region, n, variant):
    e("eks", region).create_cluster(
        name=f"eks-{e.tag}-{n}",
        roleArn=f"arn:aws:iam::{e.account}:role/{e.roles[0]}",
        resourcesVpcConfig={"subnetIds": e.vpcs[region][0][2], "endpointPublicAccess": variant},
    )


def balancer(e, region, n, variant):
    elb, (vpc, _, subnets) = e("elbv2", region), e.vpcs[region][n % len(e.vpcs[region])]
    arn = elb.create_load_balancer(Name=f"lb-{e.tag}-{n}", Subnets=subnets, Scheme=variant)["LoadBalancers"][0][
        "LoadBalancerArn"
    ]
    target = elb.create_target_group(Name=f"tg-{e.tag}-{n}", Protocol="HTTP", Port=80, VpcId=vpc)["TargetGroups"][0][
        "TargetGroupArn"
    ]
    elb.create_listener(
        LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": target}]
    )
    e.count("AWS::ElasticLoadBalancingV2::TargetGroup")
    e.count("AWS::ElasticLoadBalancingV2::Listener")


def log_group(e, region, n, variant):
    e("logs", region).create_log_group(logGroupName=f"/app/{e.tag}/{n}")
