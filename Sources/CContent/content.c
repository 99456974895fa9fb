// SPDX-License-Identifier: Apache-2.0
// Written by Scripts/embed-content.py; do not edit.
#include "CContent.h"

static const unsigned char file0[] = {
#embed "../../Content/checks/aws/accessanalyzer/enabled.yaml"
};
static const unsigned char file1[] = {
#embed "../../Content/checks/aws/account/security-contact.yaml"
};
static const unsigned char file2[] = {
#embed "../../Content/checks/aws/cloudtrail/bucket-logging.yaml"
};
static const unsigned char file3[] = {
#embed "../../Content/checks/aws/cloudtrail/bucket-not-public.yaml"
};
static const unsigned char file4[] = {
#embed "../../Content/checks/aws/cloudtrail/cloudwatch-logs.yaml"
};
static const unsigned char file5[] = {
#embed "../../Content/checks/aws/cloudtrail/encrypted.yaml"
};
static const unsigned char file6[] = {
#embed "../../Content/checks/aws/cloudtrail/multi-region.yaml"
};
static const unsigned char file7[] = {
#embed "../../Content/checks/aws/cloudtrail/s3-read-events.yaml"
};
static const unsigned char file8[] = {
#embed "../../Content/checks/aws/cloudtrail/s3-write-events.yaml"
};
static const unsigned char file9[] = {
#embed "../../Content/checks/aws/cloudtrail/validated.yaml"
};
static const unsigned char file10[] = {
#embed "../../Content/checks/aws/cloudwatch/bucket-policy-changes.yaml"
};
static const unsigned char file11[] = {
#embed "../../Content/checks/aws/cloudwatch/iam-policy-changes.yaml"
};
static const unsigned char file12[] = {
#embed "../../Content/checks/aws/cloudwatch/key-deletion.yaml"
};
static const unsigned char file13[] = {
#embed "../../Content/checks/aws/cloudwatch/network-acl-changes.yaml"
};
static const unsigned char file14[] = {
#embed "../../Content/checks/aws/cloudwatch/root-usage.yaml"
};
static const unsigned char file15[] = {
#embed "../../Content/checks/aws/cloudwatch/security-group-changes.yaml"
};
static const unsigned char file16[] = {
#embed "../../Content/checks/aws/cloudwatch/sign-in-without-mfa.yaml"
};
static const unsigned char file17[] = {
#embed "../../Content/checks/aws/cloudwatch/trail-changes.yaml"
};
static const unsigned char file18[] = {
#embed "../../Content/checks/aws/cloudwatch/unauthorized-calls.yaml"
};
static const unsigned char file19[] = {
#embed "../../Content/checks/aws/cloudwatch/vpc-changes.yaml"
};
static const unsigned char file20[] = {
#embed "../../Content/checks/aws/config/recorder-on.yaml"
};
static const unsigned char file21[] = {
#embed "../../Content/checks/aws/ec2/all-ports-open-to-internet.yaml"
};
static const unsigned char file22[] = {
#embed "../../Content/checks/aws/ec2/default-security-group-closed.yaml"
};
static const unsigned char file23[] = {
#embed "../../Content/checks/aws/ec2/ebs-default-encryption.yaml"
};
static const unsigned char file24[] = {
#embed "../../Content/checks/aws/ec2/imdsv2-required.yaml"
};
static const unsigned char file25[] = {
#embed "../../Content/checks/aws/ec2/instance-role.yaml"
};
static const unsigned char file26[] = {
#embed "../../Content/checks/aws/ec2/network-acl-admin-ports.yaml"
};
static const unsigned char file27[] = {
#embed "../../Content/checks/aws/ec2/rdp-open-to-internet.yaml"
};
static const unsigned char file28[] = {
#embed "../../Content/checks/aws/ec2/ssh-open-to-internet.yaml"
};
static const unsigned char file29[] = {
#embed "../../Content/checks/aws/ec2/volume-encrypted.yaml"
};
static const unsigned char file30[] = {
#embed "../../Content/checks/aws/efs/encrypted.yaml"
};
static const unsigned char file31[] = {
#embed "../../Content/checks/aws/iam/access-key-age.yaml"
};
static const unsigned char file32[] = {
#embed "../../Content/checks/aws/iam/access-key-used.yaml"
};
static const unsigned char file33[] = {
#embed "../../Content/checks/aws/iam/console-access-used.yaml"
};
static const unsigned char file34[] = {
#embed "../../Content/checks/aws/iam/no-admin-policy.yaml"
};
static const unsigned char file35[] = {
#embed "../../Content/checks/aws/iam/one-active-key.yaml"
};
static const unsigned char file36[] = {
#embed "../../Content/checks/aws/iam/password-length.yaml"
};
static const unsigned char file37[] = {
#embed "../../Content/checks/aws/iam/password-reuse.yaml"
};
static const unsigned char file38[] = {
#embed "../../Content/checks/aws/iam/policies-by-group.yaml"
};
static const unsigned char file39[] = {
#embed "../../Content/checks/aws/iam/role-external-id.yaml"
};
static const unsigned char file40[] = {
#embed "../../Content/checks/aws/iam/role-oidc-subject.yaml"
};
static const unsigned char file41[] = {
#embed "../../Content/checks/aws/iam/root-hardware-mfa.yaml"
};
static const unsigned char file42[] = {
#embed "../../Content/checks/aws/iam/root-mfa.yaml"
};
static const unsigned char file43[] = {
#embed "../../Content/checks/aws/iam/root-no-access-keys.yaml"
};
static const unsigned char file44[] = {
#embed "../../Content/checks/aws/iam/root-not-used.yaml"
};
static const unsigned char file45[] = {
#embed "../../Content/checks/aws/iam/server-certificate-valid.yaml"
};
static const unsigned char file46[] = {
#embed "../../Content/checks/aws/iam/support-role.yaml"
};
static const unsigned char file47[] = {
#embed "../../Content/checks/aws/iam/user-mfa.yaml"
};
static const unsigned char file48[] = {
#embed "../../Content/checks/aws/kms/key-rotation.yaml"
};
static const unsigned char file49[] = {
#embed "../../Content/checks/aws/macie/enabled.yaml"
};
static const unsigned char file50[] = {
#embed "../../Content/checks/aws/rds/minor-version-upgrade.yaml"
};
static const unsigned char file51[] = {
#embed "../../Content/checks/aws/rds/multi-az.yaml"
};
static const unsigned char file52[] = {
#embed "../../Content/checks/aws/rds/not-public.yaml"
};
static const unsigned char file53[] = {
#embed "../../Content/checks/aws/rds/storage-encrypted.yaml"
};
static const unsigned char file54[] = {
#embed "../../Content/checks/aws/s3/account-public-access-block.yaml"
};
static const unsigned char file55[] = {
#embed "../../Content/checks/aws/s3/default-encryption.yaml"
};
static const unsigned char file56[] = {
#embed "../../Content/checks/aws/s3/mfa-delete.yaml"
};
static const unsigned char file57[] = {
#embed "../../Content/checks/aws/s3/public-access-block.yaml"
};
static const unsigned char file58[] = {
#embed "../../Content/checks/aws/s3/secure-transport.yaml"
};
static const unsigned char file59[] = {
#embed "../../Content/checks/aws/securityhub/enabled.yaml"
};
static const unsigned char file60[] = {
#embed "../../Content/checks/aws/vpc/flow-logs.yaml"
};
static const unsigned char file61[] = {
#embed "../../Content/checks/aws/vpc/peering-routes.yaml"
};
static const unsigned char file62[] = {
#embed "../../Content/collectors/aws/accessanalyzer.yaml"
};
static const unsigned char file63[] = {
#embed "../../Content/collectors/aws/account.yaml"
};
static const unsigned char file64[] = {
#embed "../../Content/collectors/aws/acm.yaml"
};
static const unsigned char file65[] = {
#embed "../../Content/collectors/aws/apigateway.yaml"
};
static const unsigned char file66[] = {
#embed "../../Content/collectors/aws/apigatewayv2.yaml"
};
static const unsigned char file67[] = {
#embed "../../Content/collectors/aws/athena.yaml"
};
static const unsigned char file68[] = {
#embed "../../Content/collectors/aws/autoscaling.yaml"
};
static const unsigned char file69[] = {
#embed "../../Content/collectors/aws/backup.yaml"
};
static const unsigned char file70[] = {
#embed "../../Content/collectors/aws/bedrock-agent.yaml"
};
static const unsigned char file71[] = {
#embed "../../Content/collectors/aws/bedrock.yaml"
};
static const unsigned char file72[] = {
#embed "../../Content/collectors/aws/cloudformation.yaml"
};
static const unsigned char file73[] = {
#embed "../../Content/collectors/aws/cloudfront.yaml"
};
static const unsigned char file74[] = {
#embed "../../Content/collectors/aws/cloudtrail.yaml"
};
static const unsigned char file75[] = {
#embed "../../Content/collectors/aws/cloudwatch.yaml"
};
static const unsigned char file76[] = {
#embed "../../Content/collectors/aws/codebuild.yaml"
};
static const unsigned char file77[] = {
#embed "../../Content/collectors/aws/cognito-identity.yaml"
};
static const unsigned char file78[] = {
#embed "../../Content/collectors/aws/cognito-idp.yaml"
};
static const unsigned char file79[] = {
#embed "../../Content/collectors/aws/config.yaml"
};
static const unsigned char file80[] = {
#embed "../../Content/collectors/aws/dms.yaml"
};
static const unsigned char file81[] = {
#embed "../../Content/collectors/aws/docdb.yaml"
};
static const unsigned char file82[] = {
#embed "../../Content/collectors/aws/dynamodb.yaml"
};
static const unsigned char file83[] = {
#embed "../../Content/collectors/aws/ec2.yaml"
};
static const unsigned char file84[] = {
#embed "../../Content/collectors/aws/ecr.yaml"
};
static const unsigned char file85[] = {
#embed "../../Content/collectors/aws/ecs.yaml"
};
static const unsigned char file86[] = {
#embed "../../Content/collectors/aws/efs.yaml"
};
static const unsigned char file87[] = {
#embed "../../Content/collectors/aws/eks.yaml"
};
static const unsigned char file88[] = {
#embed "../../Content/collectors/aws/elasticache.yaml"
};
static const unsigned char file89[] = {
#embed "../../Content/collectors/aws/elasticbeanstalk.yaml"
};
static const unsigned char file90[] = {
#embed "../../Content/collectors/aws/elb.yaml"
};
static const unsigned char file91[] = {
#embed "../../Content/collectors/aws/elbv2.yaml"
};
static const unsigned char file92[] = {
#embed "../../Content/collectors/aws/emr.yaml"
};
static const unsigned char file93[] = {
#embed "../../Content/collectors/aws/events.yaml"
};
static const unsigned char file94[] = {
#embed "../../Content/collectors/aws/firehose.yaml"
};
static const unsigned char file95[] = {
#embed "../../Content/collectors/aws/fsx.yaml"
};
static const unsigned char file96[] = {
#embed "../../Content/collectors/aws/glue.yaml"
};
static const unsigned char file97[] = {
#embed "../../Content/collectors/aws/guardduty.yaml"
};
static const unsigned char file98[] = {
#embed "../../Content/collectors/aws/iam.yaml"
};
static const unsigned char file99[] = {
#embed "../../Content/collectors/aws/inspector2.yaml"
};
static const unsigned char file100[] = {
#embed "../../Content/collectors/aws/kafka.yaml"
};
static const unsigned char file101[] = {
#embed "../../Content/collectors/aws/kinesis.yaml"
};
static const unsigned char file102[] = {
#embed "../../Content/collectors/aws/kms.yaml"
};
static const unsigned char file103[] = {
#embed "../../Content/collectors/aws/lambda.yaml"
};
static const unsigned char file104[] = {
#embed "../../Content/collectors/aws/lightsail.yaml"
};
static const unsigned char file105[] = {
#embed "../../Content/collectors/aws/logs.yaml"
};
static const unsigned char file106[] = {
#embed "../../Content/collectors/aws/macie2.yaml"
};
static const unsigned char file107[] = {
#embed "../../Content/collectors/aws/memorydb.yaml"
};
static const unsigned char file108[] = {
#embed "../../Content/collectors/aws/mq.yaml"
};
static const unsigned char file109[] = {
#embed "../../Content/collectors/aws/neptune.yaml"
};
static const unsigned char file110[] = {
#embed "../../Content/collectors/aws/network-firewall.yaml"
};
static const unsigned char file111[] = {
#embed "../../Content/collectors/aws/opensearch.yaml"
};
static const unsigned char file112[] = {
#embed "../../Content/collectors/aws/operations/accessanalyzer.json"
};
static const unsigned char file113[] = {
#embed "../../Content/collectors/aws/operations/account.json"
};
static const unsigned char file114[] = {
#embed "../../Content/collectors/aws/operations/acm.json"
};
static const unsigned char file115[] = {
#embed "../../Content/collectors/aws/operations/apigateway.json"
};
static const unsigned char file116[] = {
#embed "../../Content/collectors/aws/operations/apigatewayv2.json"
};
static const unsigned char file117[] = {
#embed "../../Content/collectors/aws/operations/athena.json"
};
static const unsigned char file118[] = {
#embed "../../Content/collectors/aws/operations/autoscaling.json"
};
static const unsigned char file119[] = {
#embed "../../Content/collectors/aws/operations/backup.json"
};
static const unsigned char file120[] = {
#embed "../../Content/collectors/aws/operations/bedrock-agent.json"
};
static const unsigned char file121[] = {
#embed "../../Content/collectors/aws/operations/bedrock.json"
};
static const unsigned char file122[] = {
#embed "../../Content/collectors/aws/operations/cloudformation.json"
};
static const unsigned char file123[] = {
#embed "../../Content/collectors/aws/operations/cloudfront.json"
};
static const unsigned char file124[] = {
#embed "../../Content/collectors/aws/operations/cloudtrail.json"
};
static const unsigned char file125[] = {
#embed "../../Content/collectors/aws/operations/cloudwatch.json"
};
static const unsigned char file126[] = {
#embed "../../Content/collectors/aws/operations/codebuild.json"
};
static const unsigned char file127[] = {
#embed "../../Content/collectors/aws/operations/cognito-identity.json"
};
static const unsigned char file128[] = {
#embed "../../Content/collectors/aws/operations/cognito-idp.json"
};
static const unsigned char file129[] = {
#embed "../../Content/collectors/aws/operations/config.json"
};
static const unsigned char file130[] = {
#embed "../../Content/collectors/aws/operations/dms.json"
};
static const unsigned char file131[] = {
#embed "../../Content/collectors/aws/operations/docdb.json"
};
static const unsigned char file132[] = {
#embed "../../Content/collectors/aws/operations/dynamodb.json"
};
static const unsigned char file133[] = {
#embed "../../Content/collectors/aws/operations/ec2.json"
};
static const unsigned char file134[] = {
#embed "../../Content/collectors/aws/operations/ecr.json"
};
static const unsigned char file135[] = {
#embed "../../Content/collectors/aws/operations/ecs.json"
};
static const unsigned char file136[] = {
#embed "../../Content/collectors/aws/operations/efs.json"
};
static const unsigned char file137[] = {
#embed "../../Content/collectors/aws/operations/eks.json"
};
static const unsigned char file138[] = {
#embed "../../Content/collectors/aws/operations/elasticache.json"
};
static const unsigned char file139[] = {
#embed "../../Content/collectors/aws/operations/elasticbeanstalk.json"
};
static const unsigned char file140[] = {
#embed "../../Content/collectors/aws/operations/elb.json"
};
static const unsigned char file141[] = {
#embed "../../Content/collectors/aws/operations/elbv2.json"
};
static const unsigned char file142[] = {
#embed "../../Content/collectors/aws/operations/emr.json"
};
static const unsigned char file143[] = {
#embed "../../Content/collectors/aws/operations/events.json"
};
static const unsigned char file144[] = {
#embed "../../Content/collectors/aws/operations/firehose.json"
};
static const unsigned char file145[] = {
#embed "../../Content/collectors/aws/operations/fsx.json"
};
static const unsigned char file146[] = {
#embed "../../Content/collectors/aws/operations/glue.json"
};
static const unsigned char file147[] = {
#embed "../../Content/collectors/aws/operations/guardduty.json"
};
static const unsigned char file148[] = {
#embed "../../Content/collectors/aws/operations/iam.json"
};
static const unsigned char file149[] = {
#embed "../../Content/collectors/aws/operations/inspector2.json"
};
static const unsigned char file150[] = {
#embed "../../Content/collectors/aws/operations/kafka.json"
};
static const unsigned char file151[] = {
#embed "../../Content/collectors/aws/operations/kinesis.json"
};
static const unsigned char file152[] = {
#embed "../../Content/collectors/aws/operations/kms.json"
};
static const unsigned char file153[] = {
#embed "../../Content/collectors/aws/operations/lambda.json"
};
static const unsigned char file154[] = {
#embed "../../Content/collectors/aws/operations/lightsail.json"
};
static const unsigned char file155[] = {
#embed "../../Content/collectors/aws/operations/logs.json"
};
static const unsigned char file156[] = {
#embed "../../Content/collectors/aws/operations/macie2.json"
};
static const unsigned char file157[] = {
#embed "../../Content/collectors/aws/operations/memorydb.json"
};
static const unsigned char file158[] = {
#embed "../../Content/collectors/aws/operations/mq.json"
};
static const unsigned char file159[] = {
#embed "../../Content/collectors/aws/operations/neptune.json"
};
static const unsigned char file160[] = {
#embed "../../Content/collectors/aws/operations/network-firewall.json"
};
static const unsigned char file161[] = {
#embed "../../Content/collectors/aws/operations/opensearch.json"
};
static const unsigned char file162[] = {
#embed "../../Content/collectors/aws/operations/organizations.json"
};
static const unsigned char file163[] = {
#embed "../../Content/collectors/aws/operations/rds.json"
};
static const unsigned char file164[] = {
#embed "../../Content/collectors/aws/operations/redshift.json"
};
static const unsigned char file165[] = {
#embed "../../Content/collectors/aws/operations/route53.json"
};
static const unsigned char file166[] = {
#embed "../../Content/collectors/aws/operations/route53domains.json"
};
static const unsigned char file167[] = {
#embed "../../Content/collectors/aws/operations/s3.json"
};
static const unsigned char file168[] = {
#embed "../../Content/collectors/aws/operations/s3control.json"
};
static const unsigned char file169[] = {
#embed "../../Content/collectors/aws/operations/sagemaker.json"
};
static const unsigned char file170[] = {
#embed "../../Content/collectors/aws/operations/secretsmanager.json"
};
static const unsigned char file171[] = {
#embed "../../Content/collectors/aws/operations/securityhub.json"
};
static const unsigned char file172[] = {
#embed "../../Content/collectors/aws/operations/ses.json"
};
static const unsigned char file173[] = {
#embed "../../Content/collectors/aws/operations/sesv2.json"
};
static const unsigned char file174[] = {
#embed "../../Content/collectors/aws/operations/shield.json"
};
static const unsigned char file175[] = {
#embed "../../Content/collectors/aws/operations/sns.json"
};
static const unsigned char file176[] = {
#embed "../../Content/collectors/aws/operations/sqs.json"
};
static const unsigned char file177[] = {
#embed "../../Content/collectors/aws/operations/ssm.json"
};
static const unsigned char file178[] = {
#embed "../../Content/collectors/aws/operations/stepfunctions.json"
};
static const unsigned char file179[] = {
#embed "../../Content/collectors/aws/operations/sts.json"
};
static const unsigned char file180[] = {
#embed "../../Content/collectors/aws/operations/transfer.json"
};
static const unsigned char file181[] = {
#embed "../../Content/collectors/aws/operations/wafv2.json"
};
static const unsigned char file182[] = {
#embed "../../Content/collectors/aws/operations/workspaces.json"
};
static const unsigned char file183[] = {
#embed "../../Content/collectors/aws/organizations.yaml"
};
static const unsigned char file184[] = {
#embed "../../Content/collectors/aws/rds.yaml"
};
static const unsigned char file185[] = {
#embed "../../Content/collectors/aws/redshift.yaml"
};
static const unsigned char file186[] = {
#embed "../../Content/collectors/aws/route53.yaml"
};
static const unsigned char file187[] = {
#embed "../../Content/collectors/aws/route53domains.yaml"
};
static const unsigned char file188[] = {
#embed "../../Content/collectors/aws/s3.yaml"
};
static const unsigned char file189[] = {
#embed "../../Content/collectors/aws/s3control.yaml"
};
static const unsigned char file190[] = {
#embed "../../Content/collectors/aws/sagemaker.yaml"
};
static const unsigned char file191[] = {
#embed "../../Content/collectors/aws/secretsmanager.yaml"
};
static const unsigned char file192[] = {
#embed "../../Content/collectors/aws/securityhub.yaml"
};
static const unsigned char file193[] = {
#embed "../../Content/collectors/aws/ses.yaml"
};
static const unsigned char file194[] = {
#embed "../../Content/collectors/aws/sesv2.yaml"
};
static const unsigned char file195[] = {
#embed "../../Content/collectors/aws/shield.yaml"
};
static const unsigned char file196[] = {
#embed "../../Content/collectors/aws/sns.yaml"
};
static const unsigned char file197[] = {
#embed "../../Content/collectors/aws/sqs.yaml"
};
static const unsigned char file198[] = {
#embed "../../Content/collectors/aws/ssm.yaml"
};
static const unsigned char file199[] = {
#embed "../../Content/collectors/aws/stepfunctions.yaml"
};
static const unsigned char file200[] = {
#embed "../../Content/collectors/aws/transfer.yaml"
};
static const unsigned char file201[] = {
#embed "../../Content/collectors/aws/wafv2.yaml"
};
static const unsigned char file202[] = {
#embed "../../Content/collectors/aws/workspaces.yaml"
};
static const unsigned char file203[] = {
#embed "../../Content/collectors/azure/analytics.yaml"
};
static const unsigned char file204[] = {
#embed "../../Content/collectors/azure/authorization.yaml"
};
static const unsigned char file205[] = {
#embed "../../Content/collectors/azure/backup.yaml"
};
static const unsigned char file206[] = {
#embed "../../Content/collectors/azure/compute.yaml"
};
static const unsigned char file207[] = {
#embed "../../Content/collectors/azure/databases.yaml"
};
static const unsigned char file208[] = {
#embed "../../Content/collectors/azure/graph.yaml"
};
static const unsigned char file209[] = {
#embed "../../Content/collectors/azure/insights.yaml"
};
static const unsigned char file210[] = {
#embed "../../Content/collectors/azure/keyvault.yaml"
};
static const unsigned char file211[] = {
#embed "../../Content/collectors/azure/network.yaml"
};
static const unsigned char file212[] = {
#embed "../../Content/collectors/azure/privateendpoints.yaml"
};
static const unsigned char file213[] = {
#embed "../../Content/collectors/azure/security.yaml"
};
static const unsigned char file214[] = {
#embed "../../Content/collectors/azure/sql.yaml"
};
static const unsigned char file215[] = {
#embed "../../Content/collectors/azure/storage.yaml"
};
static const unsigned char file216[] = {
#embed "../../Content/collectors/azure/web.yaml"
};
static const unsigned char file217[] = {
#embed "../../Content/collectors/gcp/apikeys.yaml"
};
static const unsigned char file218[] = {
#embed "../../Content/collectors/gcp/essentialcontacts.yaml"
};
static const unsigned char file219[] = {
#embed "../../Content/collectors/gcp/iam.yaml"
};
static const unsigned char file220[] = {
#embed "../../Content/collectors/gcp/logging.yaml"
};
static const unsigned char file221[] = {
#embed "../../Content/collectors/gcp/monitoring.yaml"
};
static const unsigned char file222[] = {
#embed "../../Content/collectors/gcp/orgpolicy.yaml"
};
static const unsigned char file223[] = {
#embed "../../Content/collectors/gcp/policyanalyzer.yaml"
};
static const unsigned char file224[] = {
#embed "../../Content/collectors/gcp/sqladmin.yaml"
};
static const unsigned char file225[] = {
#embed "../../Content/collectors/gcp/storage.yaml"
};
static const unsigned char file226[] = {
#embed "../../Content/defaults/aws.yaml"
};
static const unsigned char file227[] = {
#embed "../../Content/estates/contoso-hardened/aws.yaml"
};
static const unsigned char file228[] = {
#embed "../../Content/estates/contoso-hardened/azure.yaml"
};
static const unsigned char file229[] = {
#embed "../../Content/estates/contoso-hardened/estate.yaml"
};
static const unsigned char file230[] = {
#embed "../../Content/estates/contoso-hardened/gcp.yaml"
};
static const unsigned char file231[] = {
#embed "../../Content/estates/contoso/aws/bank.yaml"
};
static const unsigned char file232[] = {
#embed "../../Content/estates/contoso/aws/organisation.yaml"
};
static const unsigned char file233[] = {
#embed "../../Content/estates/contoso/aws/shop.yaml"
};
static const unsigned char file234[] = {
#embed "../../Content/estates/contoso/azure/compute.yaml"
};
static const unsigned char file235[] = {
#embed "../../Content/estates/contoso/azure/data.yaml"
};
static const unsigned char file236[] = {
#embed "../../Content/estates/contoso/azure/defender.yaml"
};
static const unsigned char file237[] = {
#embed "../../Content/estates/contoso/azure/directory.yaml"
};
static const unsigned char file238[] = {
#embed "../../Content/estates/contoso/azure/governance.yaml"
};
static const unsigned char file239[] = {
#embed "../../Content/estates/contoso/azure/network.yaml"
};
static const unsigned char file240[] = {
#embed "../../Content/estates/contoso/azure/storage.yaml"
};
static const unsigned char file241[] = {
#embed "../../Content/estates/contoso/estate.yaml"
};
static const unsigned char file242[] = {
#embed "../../Content/estates/contoso/gcp/bank.yaml"
};
static const unsigned char file243[] = {
#embed "../../Content/estates/contoso/gcp/organisation.yaml"
};
static const unsigned char file244[] = {
#embed "../../Content/estates/contoso/gcp/shop.yaml"
};
static const unsigned char file245[] = {
#embed "../../Content/estates/contoso/planted.yaml"
};
static const unsigned char file246[] = {
#embed "../../Content/twin/aws/operations/cloudtrail.json"
};
static const unsigned char file247[] = {
#embed "../../Content/twin/aws/operations/ec2.json"
};
static const unsigned char file248[] = {
#embed "../../Content/twin/aws/operations/iam.json"
};
static const unsigned char file249[] = {
#embed "../../Content/twin/aws/operations/kms.json"
};
static const unsigned char file250[] = {
#embed "../../Content/twin/aws/operations/lambda.json"
};
static const unsigned char file251[] = {
#embed "../../Content/twin/aws/operations/rds.json"
};
static const unsigned char file252[] = {
#embed "../../Content/twin/aws/operations/s3.json"
};
static const unsigned char file253[] = {
#embed "../../Content/twin/aws/operations/s3control.json"
};
static const unsigned char file254[] = {
#embed "../../Content/twin/aws/operations/secretsmanager.json"
};
static const unsigned char file255[] = {
#embed "../../Content/twin/aws/operations/sqs.json"
};
static const unsigned char file256[] = {
#embed "../../Content/twin/aws/reads/cloudtrail.yaml"
};
static const unsigned char file257[] = {
#embed "../../Content/twin/aws/reads/ec2.yaml"
};
static const unsigned char file258[] = {
#embed "../../Content/twin/aws/reads/iam.yaml"
};
static const unsigned char file259[] = {
#embed "../../Content/twin/aws/reads/lambda.yaml"
};
static const unsigned char file260[] = {
#embed "../../Content/twin/aws/reads/s3.yaml"
};
static const unsigned char file261[] = {
#embed "../../Content/twin/aws/reads/secretsmanager.yaml"
};
static const unsigned char file262[] = {
#embed "../../Content/twin/aws/reads/sqs.yaml"
};
static const unsigned char file263[] = {
#embed "../../Content/twin/aws/writes/cloudtrail.yaml"
};
static const unsigned char file264[] = {
#embed "../../Content/twin/aws/writes/ec2.yaml"
};
static const unsigned char file265[] = {
#embed "../../Content/twin/aws/writes/iam.yaml"
};
static const unsigned char file266[] = {
#embed "../../Content/twin/aws/writes/kms.yaml"
};
static const unsigned char file267[] = {
#embed "../../Content/twin/aws/writes/rds.yaml"
};
static const unsigned char file268[] = {
#embed "../../Content/twin/aws/writes/s3.yaml"
};
static const unsigned char file269[] = {
#embed "../../Content/twin/aws/writes/s3control.yaml"
};

static const plumb_content_file files[] = {
  {"checks/aws/accessanalyzer/enabled.yaml", file0, sizeof file0},
  {"checks/aws/account/security-contact.yaml", file1, sizeof file1},
  {"checks/aws/cloudtrail/bucket-logging.yaml", file2, sizeof file2},
  {"checks/aws/cloudtrail/bucket-not-public.yaml", file3, sizeof file3},
  {"checks/aws/cloudtrail/cloudwatch-logs.yaml", file4, sizeof file4},
  {"checks/aws/cloudtrail/encrypted.yaml", file5, sizeof file5},
  {"checks/aws/cloudtrail/multi-region.yaml", file6, sizeof file6},
  {"checks/aws/cloudtrail/s3-read-events.yaml", file7, sizeof file7},
  {"checks/aws/cloudtrail/s3-write-events.yaml", file8, sizeof file8},
  {"checks/aws/cloudtrail/validated.yaml", file9, sizeof file9},
  {"checks/aws/cloudwatch/bucket-policy-changes.yaml", file10, sizeof file10},
  {"checks/aws/cloudwatch/iam-policy-changes.yaml", file11, sizeof file11},
  {"checks/aws/cloudwatch/key-deletion.yaml", file12, sizeof file12},
  {"checks/aws/cloudwatch/network-acl-changes.yaml", file13, sizeof file13},
  {"checks/aws/cloudwatch/root-usage.yaml", file14, sizeof file14},
  {"checks/aws/cloudwatch/security-group-changes.yaml", file15, sizeof file15},
  {"checks/aws/cloudwatch/sign-in-without-mfa.yaml", file16, sizeof file16},
  {"checks/aws/cloudwatch/trail-changes.yaml", file17, sizeof file17},
  {"checks/aws/cloudwatch/unauthorized-calls.yaml", file18, sizeof file18},
  {"checks/aws/cloudwatch/vpc-changes.yaml", file19, sizeof file19},
  {"checks/aws/config/recorder-on.yaml", file20, sizeof file20},
  {"checks/aws/ec2/all-ports-open-to-internet.yaml", file21, sizeof file21},
  {"checks/aws/ec2/default-security-group-closed.yaml", file22, sizeof file22},
  {"checks/aws/ec2/ebs-default-encryption.yaml", file23, sizeof file23},
  {"checks/aws/ec2/imdsv2-required.yaml", file24, sizeof file24},
  {"checks/aws/ec2/instance-role.yaml", file25, sizeof file25},
  {"checks/aws/ec2/network-acl-admin-ports.yaml", file26, sizeof file26},
  {"checks/aws/ec2/rdp-open-to-internet.yaml", file27, sizeof file27},
  {"checks/aws/ec2/ssh-open-to-internet.yaml", file28, sizeof file28},
  {"checks/aws/ec2/volume-encrypted.yaml", file29, sizeof file29},
  {"checks/aws/efs/encrypted.yaml", file30, sizeof file30},
  {"checks/aws/iam/access-key-age.yaml", file31, sizeof file31},
  {"checks/aws/iam/access-key-used.yaml", file32, sizeof file32},
  {"checks/aws/iam/console-access-used.yaml", file33, sizeof file33},
  {"checks/aws/iam/no-admin-policy.yaml", file34, sizeof file34},
  {"checks/aws/iam/one-active-key.yaml", file35, sizeof file35},
  {"checks/aws/iam/password-length.yaml", file36, sizeof file36},
  {"checks/aws/iam/password-reuse.yaml", file37, sizeof file37},
  {"checks/aws/iam/policies-by-group.yaml", file38, sizeof file38},
  {"checks/aws/iam/role-external-id.yaml", file39, sizeof file39},
  {"checks/aws/iam/role-oidc-subject.yaml", file40, sizeof file40},
  {"checks/aws/iam/root-hardware-mfa.yaml", file41, sizeof file41},
  {"checks/aws/iam/root-mfa.yaml", file42, sizeof file42},
  {"checks/aws/iam/root-no-access-keys.yaml", file43, sizeof file43},
  {"checks/aws/iam/root-not-used.yaml", file44, sizeof file44},
  {"checks/aws/iam/server-certificate-valid.yaml", file45, sizeof file45},
  {"checks/aws/iam/support-role.yaml", file46, sizeof file46},
  {"checks/aws/iam/user-mfa.yaml", file47, sizeof file47},
  {"checks/aws/kms/key-rotation.yaml", file48, sizeof file48},
  {"checks/aws/macie/enabled.yaml", file49, sizeof file49},
  {"checks/aws/rds/minor-version-upgrade.yaml", file50, sizeof file50},
  {"checks/aws/rds/multi-az.yaml", file51, sizeof file51},
  {"checks/aws/rds/not-public.yaml", file52, sizeof file52},
  {"checks/aws/rds/storage-encrypted.yaml", file53, sizeof file53},
  {"checks/aws/s3/account-public-access-block.yaml", file54, sizeof file54},
  {"checks/aws/s3/default-encryption.yaml", file55, sizeof file55},
  {"checks/aws/s3/mfa-delete.yaml", file56, sizeof file56},
  {"checks/aws/s3/public-access-block.yaml", file57, sizeof file57},
  {"checks/aws/s3/secure-transport.yaml", file58, sizeof file58},
  {"checks/aws/securityhub/enabled.yaml", file59, sizeof file59},
  {"checks/aws/vpc/flow-logs.yaml", file60, sizeof file60},
  {"checks/aws/vpc/peering-routes.yaml", file61, sizeof file61},
  {"collectors/aws/accessanalyzer.yaml", file62, sizeof file62},
  {"collectors/aws/account.yaml", file63, sizeof file63},
  {"collectors/aws/acm.yaml", file64, sizeof file64},
  {"collectors/aws/apigateway.yaml", file65, sizeof file65},
  {"collectors/aws/apigatewayv2.yaml", file66, sizeof file66},
  {"collectors/aws/athena.yaml", file67, sizeof file67},
  {"collectors/aws/autoscaling.yaml", file68, sizeof file68},
  {"collectors/aws/backup.yaml", file69, sizeof file69},
  {"collectors/aws/bedrock-agent.yaml", file70, sizeof file70},
  {"collectors/aws/bedrock.yaml", file71, sizeof file71},
  {"collectors/aws/cloudformation.yaml", file72, sizeof file72},
  {"collectors/aws/cloudfront.yaml", file73, sizeof file73},
  {"collectors/aws/cloudtrail.yaml", file74, sizeof file74},
  {"collectors/aws/cloudwatch.yaml", file75, sizeof file75},
  {"collectors/aws/codebuild.yaml", file76, sizeof file76},
  {"collectors/aws/cognito-identity.yaml", file77, sizeof file77},
  {"collectors/aws/cognito-idp.yaml", file78, sizeof file78},
  {"collectors/aws/config.yaml", file79, sizeof file79},
  {"collectors/aws/dms.yaml", file80, sizeof file80},
  {"collectors/aws/docdb.yaml", file81, sizeof file81},
  {"collectors/aws/dynamodb.yaml", file82, sizeof file82},
  {"collectors/aws/ec2.yaml", file83, sizeof file83},
  {"collectors/aws/ecr.yaml", file84, sizeof file84},
  {"collectors/aws/ecs.yaml", file85, sizeof file85},
  {"collectors/aws/efs.yaml", file86, sizeof file86},
  {"collectors/aws/eks.yaml", file87, sizeof file87},
  {"collectors/aws/elasticache.yaml", file88, sizeof file88},
  {"collectors/aws/elasticbeanstalk.yaml", file89, sizeof file89},
  {"collectors/aws/elb.yaml", file90, sizeof file90},
  {"collectors/aws/elbv2.yaml", file91, sizeof file91},
  {"collectors/aws/emr.yaml", file92, sizeof file92},
  {"collectors/aws/events.yaml", file93, sizeof file93},
  {"collectors/aws/firehose.yaml", file94, sizeof file94},
  {"collectors/aws/fsx.yaml", file95, sizeof file95},
  {"collectors/aws/glue.yaml", file96, sizeof file96},
  {"collectors/aws/guardduty.yaml", file97, sizeof file97},
  {"collectors/aws/iam.yaml", file98, sizeof file98},
  {"collectors/aws/inspector2.yaml", file99, sizeof file99},
  {"collectors/aws/kafka.yaml", file100, sizeof file100},
  {"collectors/aws/kinesis.yaml", file101, sizeof file101},
  {"collectors/aws/kms.yaml", file102, sizeof file102},
  {"collectors/aws/lambda.yaml", file103, sizeof file103},
  {"collectors/aws/lightsail.yaml", file104, sizeof file104},
  {"collectors/aws/logs.yaml", file105, sizeof file105},
  {"collectors/aws/macie2.yaml", file106, sizeof file106},
  {"collectors/aws/memorydb.yaml", file107, sizeof file107},
  {"collectors/aws/mq.yaml", file108, sizeof file108},
  {"collectors/aws/neptune.yaml", file109, sizeof file109},
  {"collectors/aws/network-firewall.yaml", file110, sizeof file110},
  {"collectors/aws/opensearch.yaml", file111, sizeof file111},
  {"collectors/aws/operations/accessanalyzer.json", file112, sizeof file112},
  {"collectors/aws/operations/account.json", file113, sizeof file113},
  {"collectors/aws/operations/acm.json", file114, sizeof file114},
  {"collectors/aws/operations/apigateway.json", file115, sizeof file115},
  {"collectors/aws/operations/apigatewayv2.json", file116, sizeof file116},
  {"collectors/aws/operations/athena.json", file117, sizeof file117},
  {"collectors/aws/operations/autoscaling.json", file118, sizeof file118},
  {"collectors/aws/operations/backup.json", file119, sizeof file119},
  {"collectors/aws/operations/bedrock-agent.json", file120, sizeof file120},
  {"collectors/aws/operations/bedrock.json", file121, sizeof file121},
  {"collectors/aws/operations/cloudformation.json", file122, sizeof file122},
  {"collectors/aws/operations/cloudfront.json", file123, sizeof file123},
  {"collectors/aws/operations/cloudtrail.json", file124, sizeof file124},
  {"collectors/aws/operations/cloudwatch.json", file125, sizeof file125},
  {"collectors/aws/operations/codebuild.json", file126, sizeof file126},
  {"collectors/aws/operations/cognito-identity.json", file127, sizeof file127},
  {"collectors/aws/operations/cognito-idp.json", file128, sizeof file128},
  {"collectors/aws/operations/config.json", file129, sizeof file129},
  {"collectors/aws/operations/dms.json", file130, sizeof file130},
  {"collectors/aws/operations/docdb.json", file131, sizeof file131},
  {"collectors/aws/operations/dynamodb.json", file132, sizeof file132},
  {"collectors/aws/operations/ec2.json", file133, sizeof file133},
  {"collectors/aws/operations/ecr.json", file134, sizeof file134},
  {"collectors/aws/operations/ecs.json", file135, sizeof file135},
  {"collectors/aws/operations/efs.json", file136, sizeof file136},
  {"collectors/aws/operations/eks.json", file137, sizeof file137},
  {"collectors/aws/operations/elasticache.json", file138, sizeof file138},
  {"collectors/aws/operations/elasticbeanstalk.json", file139, sizeof file139},
  {"collectors/aws/operations/elb.json", file140, sizeof file140},
  {"collectors/aws/operations/elbv2.json", file141, sizeof file141},
  {"collectors/aws/operations/emr.json", file142, sizeof file142},
  {"collectors/aws/operations/events.json", file143, sizeof file143},
  {"collectors/aws/operations/firehose.json", file144, sizeof file144},
  {"collectors/aws/operations/fsx.json", file145, sizeof file145},
  {"collectors/aws/operations/glue.json", file146, sizeof file146},
  {"collectors/aws/operations/guardduty.json", file147, sizeof file147},
  {"collectors/aws/operations/iam.json", file148, sizeof file148},
  {"collectors/aws/operations/inspector2.json", file149, sizeof file149},
  {"collectors/aws/operations/kafka.json", file150, sizeof file150},
  {"collectors/aws/operations/kinesis.json", file151, sizeof file151},
  {"collectors/aws/operations/kms.json", file152, sizeof file152},
  {"collectors/aws/operations/lambda.json", file153, sizeof file153},
  {"collectors/aws/operations/lightsail.json", file154, sizeof file154},
  {"collectors/aws/operations/logs.json", file155, sizeof file155},
  {"collectors/aws/operations/macie2.json", file156, sizeof file156},
  {"collectors/aws/operations/memorydb.json", file157, sizeof file157},
  {"collectors/aws/operations/mq.json", file158, sizeof file158},
  {"collectors/aws/operations/neptune.json", file159, sizeof file159},
  {"collectors/aws/operations/network-firewall.json", file160, sizeof file160},
  {"collectors/aws/operations/opensearch.json", file161, sizeof file161},
  {"collectors/aws/operations/organizations.json", file162, sizeof file162},
  {"collectors/aws/operations/rds.json", file163, sizeof file163},
  {"collectors/aws/operations/redshift.json", file164, sizeof file164},
  {"collectors/aws/operations/route53.json", file165, sizeof file165},
  {"collectors/aws/operations/route53domains.json", file166, sizeof file166},
  {"collectors/aws/operations/s3.json", file167, sizeof file167},
  {"collectors/aws/operations/s3control.json", file168, sizeof file168},
  {"collectors/aws/operations/sagemaker.json", file169, sizeof file169},
  {"collectors/aws/operations/secretsmanager.json", file170, sizeof file170},
  {"collectors/aws/operations/securityhub.json", file171, sizeof file171},
  {"collectors/aws/operations/ses.json", file172, sizeof file172},
  {"collectors/aws/operations/sesv2.json", file173, sizeof file173},
  {"collectors/aws/operations/shield.json", file174, sizeof file174},
  {"collectors/aws/operations/sns.json", file175, sizeof file175},
  {"collectors/aws/operations/sqs.json", file176, sizeof file176},
  {"collectors/aws/operations/ssm.json", file177, sizeof file177},
  {"collectors/aws/operations/stepfunctions.json", file178, sizeof file178},
  {"collectors/aws/operations/sts.json", file179, sizeof file179},
  {"collectors/aws/operations/transfer.json", file180, sizeof file180},
  {"collectors/aws/operations/wafv2.json", file181, sizeof file181},
  {"collectors/aws/operations/workspaces.json", file182, sizeof file182},
  {"collectors/aws/organizations.yaml", file183, sizeof file183},
  {"collectors/aws/rds.yaml", file184, sizeof file184},
  {"collectors/aws/redshift.yaml", file185, sizeof file185},
  {"collectors/aws/route53.yaml", file186, sizeof file186},
  {"collectors/aws/route53domains.yaml", file187, sizeof file187},
  {"collectors/aws/s3.yaml", file188, sizeof file188},
  {"collectors/aws/s3control.yaml", file189, sizeof file189},
  {"collectors/aws/sagemaker.yaml", file190, sizeof file190},
  {"collectors/aws/secretsmanager.yaml", file191, sizeof file191},
  {"collectors/aws/securityhub.yaml", file192, sizeof file192},
  {"collectors/aws/ses.yaml", file193, sizeof file193},
  {"collectors/aws/sesv2.yaml", file194, sizeof file194},
  {"collectors/aws/shield.yaml", file195, sizeof file195},
  {"collectors/aws/sns.yaml", file196, sizeof file196},
  {"collectors/aws/sqs.yaml", file197, sizeof file197},
  {"collectors/aws/ssm.yaml", file198, sizeof file198},
  {"collectors/aws/stepfunctions.yaml", file199, sizeof file199},
  {"collectors/aws/transfer.yaml", file200, sizeof file200},
  {"collectors/aws/wafv2.yaml", file201, sizeof file201},
  {"collectors/aws/workspaces.yaml", file202, sizeof file202},
  {"collectors/azure/analytics.yaml", file203, sizeof file203},
  {"collectors/azure/authorization.yaml", file204, sizeof file204},
  {"collectors/azure/backup.yaml", file205, sizeof file205},
  {"collectors/azure/compute.yaml", file206, sizeof file206},
  {"collectors/azure/databases.yaml", file207, sizeof file207},
  {"collectors/azure/graph.yaml", file208, sizeof file208},
  {"collectors/azure/insights.yaml", file209, sizeof file209},
  {"collectors/azure/keyvault.yaml", file210, sizeof file210},
  {"collectors/azure/network.yaml", file211, sizeof file211},
  {"collectors/azure/privateendpoints.yaml", file212, sizeof file212},
  {"collectors/azure/security.yaml", file213, sizeof file213},
  {"collectors/azure/sql.yaml", file214, sizeof file214},
  {"collectors/azure/storage.yaml", file215, sizeof file215},
  {"collectors/azure/web.yaml", file216, sizeof file216},
  {"collectors/gcp/apikeys.yaml", file217, sizeof file217},
  {"collectors/gcp/essentialcontacts.yaml", file218, sizeof file218},
  {"collectors/gcp/iam.yaml", file219, sizeof file219},
  {"collectors/gcp/logging.yaml", file220, sizeof file220},
  {"collectors/gcp/monitoring.yaml", file221, sizeof file221},
  {"collectors/gcp/orgpolicy.yaml", file222, sizeof file222},
  {"collectors/gcp/policyanalyzer.yaml", file223, sizeof file223},
  {"collectors/gcp/sqladmin.yaml", file224, sizeof file224},
  {"collectors/gcp/storage.yaml", file225, sizeof file225},
  {"defaults/aws.yaml", file226, sizeof file226},
  {"estates/contoso-hardened/aws.yaml", file227, sizeof file227},
  {"estates/contoso-hardened/azure.yaml", file228, sizeof file228},
  {"estates/contoso-hardened/estate.yaml", file229, sizeof file229},
  {"estates/contoso-hardened/gcp.yaml", file230, sizeof file230},
  {"estates/contoso/aws/bank.yaml", file231, sizeof file231},
  {"estates/contoso/aws/organisation.yaml", file232, sizeof file232},
  {"estates/contoso/aws/shop.yaml", file233, sizeof file233},
  {"estates/contoso/azure/compute.yaml", file234, sizeof file234},
  {"estates/contoso/azure/data.yaml", file235, sizeof file235},
  {"estates/contoso/azure/defender.yaml", file236, sizeof file236},
  {"estates/contoso/azure/directory.yaml", file237, sizeof file237},
  {"estates/contoso/azure/governance.yaml", file238, sizeof file238},
  {"estates/contoso/azure/network.yaml", file239, sizeof file239},
  {"estates/contoso/azure/storage.yaml", file240, sizeof file240},
  {"estates/contoso/estate.yaml", file241, sizeof file241},
  {"estates/contoso/gcp/bank.yaml", file242, sizeof file242},
  {"estates/contoso/gcp/organisation.yaml", file243, sizeof file243},
  {"estates/contoso/gcp/shop.yaml", file244, sizeof file244},
  {"estates/contoso/planted.yaml", file245, sizeof file245},
  {"twin/aws/operations/cloudtrail.json", file246, sizeof file246},
  {"twin/aws/operations/ec2.json", file247, sizeof file247},
  {"twin/aws/operations/iam.json", file248, sizeof file248},
  {"twin/aws/operations/kms.json", file249, sizeof file249},
  {"twin/aws/operations/lambda.json", file250, sizeof file250},
  {"twin/aws/operations/rds.json", file251, sizeof file251},
  {"twin/aws/operations/s3.json", file252, sizeof file252},
  {"twin/aws/operations/s3control.json", file253, sizeof file253},
  {"twin/aws/operations/secretsmanager.json", file254, sizeof file254},
  {"twin/aws/operations/sqs.json", file255, sizeof file255},
  {"twin/aws/reads/cloudtrail.yaml", file256, sizeof file256},
  {"twin/aws/reads/ec2.yaml", file257, sizeof file257},
  {"twin/aws/reads/iam.yaml", file258, sizeof file258},
  {"twin/aws/reads/lambda.yaml", file259, sizeof file259},
  {"twin/aws/reads/s3.yaml", file260, sizeof file260},
  {"twin/aws/reads/secretsmanager.yaml", file261, sizeof file261},
  {"twin/aws/reads/sqs.yaml", file262, sizeof file262},
  {"twin/aws/writes/cloudtrail.yaml", file263, sizeof file263},
  {"twin/aws/writes/ec2.yaml", file264, sizeof file264},
  {"twin/aws/writes/iam.yaml", file265, sizeof file265},
  {"twin/aws/writes/kms.yaml", file266, sizeof file266},
  {"twin/aws/writes/rds.yaml", file267, sizeof file267},
  {"twin/aws/writes/s3.yaml", file268, sizeof file268},
  {"twin/aws/writes/s3control.yaml", file269, sizeof file269},
};

size_t plumb_content_count(void) { return sizeof files / sizeof files[0]; }
plumb_content_file plumb_content_at(size_t index) { return files[index]; }
