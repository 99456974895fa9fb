#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Plants one resource of every type that moto makes and plant_estate.py does not, in us-east-1; prints the types.

  plant_services.py --endpoint URL
What is secret in it has "hush-hush" in it.
"""

import argparse
import json
import sys

import boto3

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("--endpoint", required=True)
ENDPOINT = parser.parse_args().endpoint
ACCOUNT = "123456789012"
def client(name, region="us-east-1"):
    return boto3.client(name, endpoint_url=ENDPOINT, region_name=region)
made = []
def plant(*types):
    def run(f):
        try:
            f()
            made.extend(types)
        except Exception as error:
            print("not planted:", *types, repr(error)[:300], file=sys.stderr)
            sys.exit(1)
    return run
role = f"arn:aws:iam::{ACCOUNT}:role/r"
subnets = [s["SubnetId"] for s in client("ec2").describe_subnets()["Subnets"]]
vpc = client("ec2").describe_vpcs()["Vpcs"][0]["VpcId"]
group = client("ec2").describe_security_groups()["SecurityGroups"][0]["GroupId"]

@plant("AWS::CertificateManager::Certificate")
def _(): client("acm").request_certificate(DomainName="a.example.com", ValidationMethod="DNS", Tags=[{"Key": "k", "Value": "v"}])
@plant("AWS::ApiGateway::RestApi", "AWS::ApiGateway::Stage", "AWS::ApiGateway::Resource", "AWS::ApiGateway::Authorizer")
def _():
    c = client("apigateway")
    api = c.create_rest_api(name="api", tags={"k": "v"}, endpointConfiguration={"types": ["REGIONAL"]})["id"]
    root = c.get_resources(restApiId=api)["items"][0]["id"]
    c.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType="NONE")
    c.put_integration(restApiId=api, resourceId=root, httpMethod="GET", type="HTTP", uri="http://x", integrationHttpMethod="GET")
    c.create_authorizer(restApiId=api, name="auth", type="TOKEN", authorizerUri="arn:aws:apigateway:x", identitySource="method.request.header.A")
    d = c.create_deployment(restApiId=api)["id"]
    c.create_stage(restApiId=api, stageName="prod", deploymentId=d, tracingEnabled=True)
@plant("AWS::ApiGateway::DomainName")
def _(): client("apigateway").create_domain_name(domainName="d.example.com", securityPolicy="TLS_1_0")
@plant("AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::Route")
def _():
    c = client("apigatewayv2")
    api = c.create_api(Name="http", ProtocolType="HTTP")["ApiId"]
    c.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    c.create_route(ApiId=api, RouteKey="GET /", AuthorizationType="NONE")
@plant("AWS::Athena::WorkGroup", "AWS::Athena::DataCatalog")
def _():
    c = client("athena")
    c.create_work_group(Name="wg", Configuration={"ResultConfiguration": {"OutputLocation": "s3://b/"}})
    c.create_data_catalog(Name="cat", Type="GLUE", Parameters={"catalog-id": ACCOUNT})
@plant("AWS::AutoScaling::AutoScalingGroup", "AWS::AutoScaling::LaunchConfiguration")
def _():
    c = client("autoscaling")
    c.create_launch_configuration(LaunchConfigurationName="lc", ImageId="ami-12345678", InstanceType="t3.micro", AssociatePublicIpAddress=True)
    c.create_auto_scaling_group(AutoScalingGroupName="asg", LaunchConfigurationName="lc", MinSize=0, MaxSize=1, VPCZoneIdentifier=",".join(subnets[:2]))
@plant("AWS::Backup::BackupVault", "AWS::Backup::BackupPlan")
def _():
    c = client("backup")
    c.create_backup_vault(BackupVaultName="vault")
    c.create_backup_plan(BackupPlan={"BackupPlanName": "plan", "Rules": [{"RuleName": "r", "TargetBackupVaultName": "vault", "ScheduleExpression": "cron(0 1 * * ? *)"}]})
@plant("AWS::Bedrock::Agent", "AWS::Bedrock::KnowledgeBase")
def _():
    c = client("bedrock-agent")
    c.create_agent(agentName="agent", agentResourceRoleArn=role)
    c.create_knowledge_base(name="kb", roleArn=role, knowledgeBaseConfiguration={"type": "VECTOR", "vectorKnowledgeBaseConfiguration": {"embeddingModelArn": "arn:aws:bedrock:us-east-1::foundation-model/x"}}, storageConfiguration={"type": "PINECONE", "pineconeConfiguration": {"connectionString": "s", "credentialsSecretArn": "arn:aws:secretsmanager:us-east-1:123456789012:secret:x", "fieldMapping": {"textField": "a", "metadataField": "b"}}})
@plant("AWS::CloudFormation::Stack", "AWS::CloudFormation::StackSet")
def _():
    c = client("cloudformation")
    t = json.dumps({"Resources": {"Q": {"Type": "AWS::SNS::Topic"}}, "Outputs": {"O": {"Value": "v"}}})
    c.create_stack(StackName="stack", TemplateBody=t)
    c.create_stack_set(StackSetName="set", TemplateBody=t)
@plant("AWS::CloudFront::Distribution", "AWS::CloudFront::OriginAccessControl")
def _():
    c = client("cloudfront")
    c.create_distribution(DistributionConfig={"CallerReference": "r", "Comment": "c", "Enabled": True, "Origins": {"Quantity": 1, "Items": [{"Id": "o", "DomainName": "b.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}]}, "DefaultCacheBehavior": {"TargetOriginId": "o", "ViewerProtocolPolicy": "allow-all", "MinTTL": 0, "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}}}})
    c.create_origin_access_control(OriginAccessControlConfig={"Name": "oac", "SigningProtocol": "sigv4", "SigningBehavior": "always", "OriginAccessControlOriginType": "s3"})
@plant("AWS::CodeBuild::Project")
def _(): client("codebuild").create_project(name="build", source={"type": "S3", "location": "b/k"}, artifacts={"type": "NO_ARTIFACTS"}, environment={"type": "LINUX_CONTAINER", "image": "i", "computeType": "BUILD_GENERAL1_SMALL", "privilegedMode": True}, serviceRole=role)
@plant("AWS::Cognito::UserPool", "AWS::Cognito::UserPoolClient")
def _():
    c = client("cognito-idp")
    p = c.create_user_pool(PoolName="pool", UserPoolTags={"k": "v"})["UserPool"]["Id"]
    c.create_user_pool_client(UserPoolId=p, ClientName="app", GenerateSecret=True)
@plant("AWS::Cognito::IdentityPool")
def _(): client("cognito-identity").create_identity_pool(IdentityPoolName="ids", AllowUnauthenticatedIdentities=True)
@plant("AWS::DMS::ReplicationInstance", "AWS::DMS::Endpoint", "AWS::DMS::ReplicationTask")
def _():
    c = client("dms")
    i = c.create_replication_instance(ReplicationInstanceIdentifier="ri", ReplicationInstanceClass="dms.t3.micro")["ReplicationInstance"]["ReplicationInstanceArn"]
    e = c.create_endpoint(EndpointIdentifier="ep", EndpointType="source", EngineName="mysql", SslMode="none")["Endpoint"]["EndpointArn"]
    c.create_replication_task(ReplicationTaskIdentifier="task", SourceEndpointArn=e, TargetEndpointArn=e, ReplicationInstanceArn=i, MigrationType="full-load", TableMappings="{}")
@plant("AWS::Neptune::DBCluster")
def _(): client("neptune").create_db_cluster(DBClusterIdentifier="graph", Engine="neptune")
@plant("AWS::EC2::LaunchTemplate")
def _(): client("ec2").create_launch_template(LaunchTemplateName="lt", LaunchTemplateData={"ImageId": "ami-1", "InstanceType": "t3.micro", "MetadataOptions": {"HttpTokens": "optional"}})
@plant("AWS::EC2::NetworkInterface")
def _(): client("ec2").create_network_interface(SubnetId=subnets[0])
@plant("AWS::EC2::VPCEndpoint")
def _(): client("ec2").create_vpc_endpoint(VpcId=vpc, ServiceName="com.amazonaws.us-east-1.s3")
@plant("AWS::EC2::TransitGateway", "AWS::EC2::TransitGatewayAttachment")
def _():
    c = client("ec2")
    g = c.create_transit_gateway(Options={"AutoAcceptSharedAttachments": "enable"})["TransitGateway"]["TransitGatewayId"]
    c.create_transit_gateway_vpc_attachment(TransitGatewayId=g, VpcId=vpc, SubnetIds=subnets[:1])
@plant("AWS::EC2::VPCPeeringConnection")
def _(): client("ec2").create_vpc_peering_connection(VpcId=vpc, PeerVpcId=vpc)
@plant("AWS::EC2::EIP")
def _(): client("ec2").allocate_address(Domain="vpc")
@plant("AWS::EFS::FileSystem", "AWS::EFS::MountTarget", "AWS::EFS::AccessPoint")
def _():
    c = client("efs")
    f = c.create_file_system(Encrypted=True)["FileSystemId"]
    c.create_mount_target(FileSystemId=f, SubnetId=subnets[0])
    c.create_access_point(FileSystemId=f)
@plant("AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::User")
def _():
    c = client("elasticache")
    c.create_cache_cluster(CacheClusterId="cache", Engine="memcached", CacheNodeType="cache.t3.micro", NumCacheNodes=1)
    c.create_replication_group(ReplicationGroupId="rg", ReplicationGroupDescription="d", TransitEncryptionEnabled=True)
    c.create_user(UserId="u", UserName="u", Engine="redis", AccessString="on", NoPasswordRequired=True)
@plant("AWS::ElasticBeanstalk::Environment")
def _():
    c = client("elasticbeanstalk")
    c.create_application(ApplicationName="app")
    c.create_environment(ApplicationName="app", EnvironmentName="envi", SolutionStackName="64bit")
@plant("AWS::ElasticLoadBalancing::LoadBalancer")
def _(): client("elb").create_load_balancer(LoadBalancerName="classic", Listeners=[{"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80}], AvailabilityZones=["us-east-1a"])
@plant("AWS::EMR::Cluster")
def _():
    c = client("emr")
    c.run_job_flow(Name="emr", ReleaseLabel="emr-7.0.0", Instances={"MasterInstanceType": "m5.large", "SlaveInstanceType": "m5.large", "InstanceCount": 2, "KeepJobFlowAliveWhenNoSteps": True}, JobFlowRole="r", ServiceRole="r")
@plant("AWS::Events::EventBus", "AWS::Events::Rule", "AWS::Events::Connection")
def _():
    c = client("events")
    c.create_event_bus(Name="bus")
    c.put_rule(Name="rule", EventBusName="bus", EventPattern=json.dumps({"source": ["aws.s3"]}))
    c.put_targets(Rule="rule", EventBusName="bus", Targets=[{"Id": "t", "Arn": "arn:aws:sns:us-east-1:123456789012:t"}])
    c.create_connection(Name="conn", AuthorizationType="API_KEY", AuthParameters={"ApiKeyAuthParameters": {"ApiKeyName": "a", "ApiKeyValue": "hush-hush"}})
@plant("AWS::KinesisFirehose::DeliveryStream")
def _(): client("firehose").create_delivery_stream(DeliveryStreamName="hose", ExtendedS3DestinationConfiguration={"RoleARN": role, "BucketARN": "arn:aws:s3:::b"})
@plant("AWS::FSx::FileSystem")
def _(): client("fsx").create_file_system(FileSystemType="LUSTRE", StorageCapacity=1200, SubnetIds=subnets[:1], LustreConfiguration={"DeploymentType": "SCRATCH_2"})
@plant("AWS::Glue::Database", "AWS::Glue::Job", "AWS::Glue::Crawler", "AWS::Glue::Connection")
def _():
    c = client("glue")
    c.create_database(DatabaseInput={"Name": "db"})
    c.create_job(Name="job", Role=role, Command={"Name": "glueetl", "ScriptLocation": "s3://b/k"})
    c.create_crawler(Name="crawler", Role=role, DatabaseName="db", Targets={})
    c.create_connection(ConnectionInput={"Name": "c", "ConnectionType": "JDBC", "ConnectionProperties": {"JDBC_ENFORCE_SSL": "false", "PASSWORD": "hush-hush"}})
@plant("AWS::Glue::SecurityConfiguration")
def _(): client("glue").create_security_configuration(Name="gsc", EncryptionConfiguration={"S3Encryption": [{"S3EncryptionMode": "DISABLED"}]})
@plant("AWS::Glue::DevEndpoint")
def _(): client("glue").create_dev_endpoint(EndpointName="dev", RoleArn=role)
@plant("AWS::Kinesis::Stream")
def _(): client("kinesis").create_stream(StreamName="stream", ShardCount=1)
@plant("AWS::MemoryDB::Cluster")
def _(): client("memorydb").create_cluster(ClusterName="mem", NodeType="db.t4g.small", ACLName="open-access")
@plant("AWS::AmazonMQ::Broker")
def _(): client("mq").create_broker(BrokerName="broker", EngineType="ACTIVEMQ", EngineVersion="5.18", HostInstanceType="mq.t3.micro", DeploymentMode="SINGLE_INSTANCE", PubliclyAccessible=True, AutoMinorVersionUpgrade=False, Users=[{"Username": "u", "Password": "hush-hush-1"}])
@plant("AWS::MSK::Cluster")
def _(): client("kafka").create_cluster_v2(ClusterName="kafka", Provisioned={"BrokerNodeGroupInfo": {"ClientSubnets": subnets[:2], "InstanceType": "kafka.m5.large"}, "KafkaVersion": "3.6.0", "NumberOfBrokerNodes": 2, "EncryptionInfo": {"EncryptionInTransit": {"ClientBroker": "PLAINTEXT", "InCluster": True}}})
@plant("AWS::NetworkFirewall::Firewall")
def _(): client("network-firewall").create_firewall(FirewallName="fw", FirewallPolicyArn="arn:aws:network-firewall:us-east-1:123456789012:firewall-policy/p", VpcId=vpc, SubnetMappings=[{"SubnetId": subnets[0]}])
@plant("AWS::OpenSearchService::Domain")
def _(): client("opensearch").create_domain(DomainName="search", EngineVersion="OpenSearch_2.11", TagList=[{"Key": "k", "Value": "v"}])
@plant("AWS::Redshift::Cluster", "AWS::Redshift::ClusterParameterGroup")
def _():
    c = client("redshift")
    c.create_cluster(ClusterIdentifier="red", NodeType="ra3.large", MasterUsername="m", MasterUserPassword="Password1", PubliclyAccessible=True)
    c.create_cluster_parameter_group(ParameterGroupName="pg", ParameterGroupFamily="redshift-1.0", Description="d")
@plant("AWS::Route53::HostedZone", "AWS::Route53::RecordSet")
def _(): client("route53").create_hosted_zone(Name="example.com", CallerReference="r")
@plant("AWS::Route53Domains::Domain")
def _():
    contact = {"FirstName": "a", "LastName": "b", "ContactType": "PERSON", "AddressLine1": "s", "City": "c", "CountryCode": "US", "State": "WA", "ZipCode": "98101", "PhoneNumber": "+1.2065550100", "Email": "a@example.com"}
    client("route53domains").register_domain(DomainName="plumbexample.com", DurationInYears=2, AdminContact=contact, RegistrantContact=contact, TechContact=contact)
@plant("AWS::S3::AccessPoint")
def _():
    client("s3").create_bucket(Bucket="points")
    # The account's id would go before the host's name, which no loopback address has.
    c = client("s3control")
    c.meta.events.register("before-sign.s3-control", lambda request, **_: setattr(
        request, "url", request.url.replace(f"{ACCOUNT}.", "")))
    c.create_access_point(AccountId=ACCOUNT, Name="point", Bucket="points")
@plant("AWS::SageMaker::NotebookInstance", "AWS::SageMaker::Model", "AWS::SageMaker::EndpointConfig", "AWS::SageMaker::Domain")
def _():
    c = client("sagemaker")
    c.create_notebook_instance(NotebookInstanceName="nb", InstanceType="ml.t3.medium", RoleArn=role)
    c.create_model(ModelName="m", ExecutionRoleArn=role, PrimaryContainer={"Image": "i", "ModelDataUrl": "s3://b/k"})
    c.create_endpoint_config(EndpointConfigName="ec", ProductionVariants=[{"VariantName": "v", "ModelName": "m", "InstanceType": "ml.m5.large", "InitialInstanceCount": 1}])
    c.create_domain(DomainName="dom", AuthMode="IAM", DefaultUserSettings={"ExecutionRole": role}, SubnetIds=subnets[:1], VpcId=vpc)
@plant("AWS::Shield::Protection")
def _():
    c = client("shield")
    c.create_subscription()
    c.create_protection(Name="p", ResourceArn=f"arn:aws:ec2:us-east-1:{ACCOUNT}:eip-allocation/eipalloc-1")
@plant("AWS::SSM::Document", "AWS::SSM::Parameter")
def _():
    c = client("ssm")
    c.create_document(Name="doc", DocumentType="Command", DocumentFormat="JSON", Content=json.dumps({"schemaVersion": "2.2", "description": "d", "parameters": {}, "mainSteps": []}))
    c.put_parameter(Name="/a/b", Value="hush-hush", Type="SecureString")
@plant("AWS::StepFunctions::StateMachine")
def _(): client("stepfunctions").create_state_machine(name="sm", definition="{}", roleArn=role)
@plant("AWS::Transfer::Server")
def _(): client("transfer").create_server(Protocols=["SFTP"], EndpointType="PUBLIC")
@plant("AWS::WAFv2::WebACL")
def _():
    c = client("wafv2")
    v = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "m"}
    c.create_web_acl(Name="acl", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=v, Rules=[{"Name": "r", "Priority": 0, "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}}, "OverrideAction": {"None": {}}, "VisibilityConfig": v}])
    c.create_web_acl(Name="cf", Scope="CLOUDFRONT", DefaultAction={"Block": {}}, VisibilityConfig=v, Rules=[])
@plant("AWS::WorkSpaces::Workspace", "AWS::WorkSpaces::Directory")
def _():
    d = client("ds").create_directory(Name="corp.example.com", Password="Password1!", Size="Small", VpcSettings={"VpcId": vpc, "SubnetIds": subnets[:2]})["DirectoryId"]
    c = client("workspaces")
    c.register_workspace_directory(DirectoryId=d)
    c.create_workspaces(Workspaces=[{"DirectoryId": d, "UserName": "Administrator", "BundleId": "wsb-12345678", "RootVolumeEncryptionEnabled": False}])
@plant("AWS::Organizations::Root", "AWS::Organizations::OrganizationalUnit", "AWS::Organizations::Account", "AWS::Organizations::Policy")
def _():
    c = client("organizations")
    c.create_organization(FeatureSet="ALL")
    root = c.list_roots()["Roots"][0]["Id"]
    ou = c.create_organizational_unit(ParentId=root, Name="outer")["OrganizationalUnit"]["Id"]
    c.create_organizational_unit(ParentId=ou, Name="inner")
print("\n".join(made))
