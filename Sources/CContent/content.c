// SPDX-License-Identifier: Apache-2.0
// Written by Scripts/embed-content.py; do not edit.
#include "CContent.h"

static const unsigned char file0[] = {
#embed "../../Content/checks/aws/accessanalyzer/enabled.yaml"
};
static const unsigned char file1[] = {
#embed "../../Content/checks/aws/accessanalyzer/unused-access.yaml"
};
static const unsigned char file2[] = {
#embed "../../Content/checks/aws/account/security-contact.yaml"
};
static const unsigned char file3[] = {
#embed "../../Content/checks/aws/account/separate-contacts.yaml"
};
static const unsigned char file4[] = {
#embed "../../Content/checks/aws/acm/expiry.yaml"
};
static const unsigned char file5[] = {
#embed "../../Content/checks/aws/acm/key-strength.yaml"
};
static const unsigned char file6[] = {
#embed "../../Content/checks/aws/acm/no-wildcard.yaml"
};
static const unsigned char file7[] = {
#embed "../../Content/checks/aws/acm/transparency.yaml"
};
static const unsigned char file8[] = {
#embed "../../Content/checks/aws/apigateway/access-logs.yaml"
};
static const unsigned char file9[] = {
#embed "../../Content/checks/aws/apigateway/cache-encrypted.yaml"
};
static const unsigned char file10[] = {
#embed "../../Content/checks/aws/apigateway/domain-tls.yaml"
};
static const unsigned char file11[] = {
#embed "../../Content/checks/aws/apigateway/public-without-authorization.yaml"
};
static const unsigned char file12[] = {
#embed "../../Content/checks/aws/apigateway/stage-logging.yaml"
};
static const unsigned char file13[] = {
#embed "../../Content/checks/aws/apigateway/stage-waf.yaml"
};
static const unsigned char file14[] = {
#embed "../../Content/checks/aws/apigateway/tracing.yaml"
};
static const unsigned char file15[] = {
#embed "../../Content/checks/aws/apigatewayv2/access-logs.yaml"
};
static const unsigned char file16[] = {
#embed "../../Content/checks/aws/apigatewayv2/cors.yaml"
};
static const unsigned char file17[] = {
#embed "../../Content/checks/aws/apigatewayv2/route-authorization.yaml"
};
static const unsigned char file18[] = {
#embed "../../Content/checks/aws/athena/metrics.yaml"
};
static const unsigned char file19[] = {
#embed "../../Content/checks/aws/athena/results-encrypted.yaml"
};
static const unsigned char file20[] = {
#embed "../../Content/checks/aws/athena/settings-enforced.yaml"
};
static const unsigned char file21[] = {
#embed "../../Content/checks/aws/autoscaling/elb-health-check.yaml"
};
static const unsigned char file22[] = {
#embed "../../Content/checks/aws/autoscaling/launch-configuration-imdsv2.yaml"
};
static const unsigned char file23[] = {
#embed "../../Content/checks/aws/autoscaling/launch-configuration-no-public-ip.yaml"
};
static const unsigned char file24[] = {
#embed "../../Content/checks/aws/autoscaling/launch-template.yaml"
};
static const unsigned char file25[] = {
#embed "../../Content/checks/aws/autoscaling/multi-az.yaml"
};
static const unsigned char file26[] = {
#embed "../../Content/checks/aws/backup/plan-exists.yaml"
};
static const unsigned char file27[] = {
#embed "../../Content/checks/aws/backup/vault-encrypted.yaml"
};
static const unsigned char file28[] = {
#embed "../../Content/checks/aws/backup/vault-locked.yaml"
};
static const unsigned char file29[] = {
#embed "../../Content/checks/aws/backup/vault-policy-not-public.yaml"
};
static const unsigned char file30[] = {
#embed "../../Content/checks/aws/bedrock/agent-encrypted.yaml"
};
static const unsigned char file31[] = {
#embed "../../Content/checks/aws/bedrock/agent-guardrail.yaml"
};
static const unsigned char file32[] = {
#embed "../../Content/checks/aws/bedrock/custom-model-encrypted.yaml"
};
static const unsigned char file33[] = {
#embed "../../Content/checks/aws/bedrock/guardrail-prompt-attack.yaml"
};
static const unsigned char file34[] = {
#embed "../../Content/checks/aws/bedrock/guardrail-sensitive-information.yaml"
};
static const unsigned char file35[] = {
#embed "../../Content/checks/aws/bedrock/invocation-logging.yaml"
};
static const unsigned char file36[] = {
#embed "../../Content/checks/aws/cloudformation/drift.yaml"
};
static const unsigned char file37[] = {
#embed "../../Content/checks/aws/cloudformation/output-secrets.yaml"
};
static const unsigned char file38[] = {
#embed "../../Content/checks/aws/cloudformation/termination-protection.yaml"
};
static const unsigned char file39[] = {
#embed "../../Content/checks/aws/cloudfront/certificate.yaml"
};
static const unsigned char file40[] = {
#embed "../../Content/checks/aws/cloudfront/default-root-object.yaml"
};
static const unsigned char file41[] = {
#embed "../../Content/checks/aws/cloudfront/https-only.yaml"
};
static const unsigned char file42[] = {
#embed "../../Content/checks/aws/cloudfront/logging.yaml"
};
static const unsigned char file43[] = {
#embed "../../Content/checks/aws/cloudfront/origin-access-control.yaml"
};
static const unsigned char file44[] = {
#embed "../../Content/checks/aws/cloudfront/origin-tls-version.yaml"
};
static const unsigned char file45[] = {
#embed "../../Content/checks/aws/cloudfront/origin-tls.yaml"
};
static const unsigned char file46[] = {
#embed "../../Content/checks/aws/cloudfront/tls-version.yaml"
};
static const unsigned char file47[] = {
#embed "../../Content/checks/aws/cloudfront/waf.yaml"
};
static const unsigned char file48[] = {
#embed "../../Content/checks/aws/cloudtrail/bucket-logging.yaml"
};
static const unsigned char file49[] = {
#embed "../../Content/checks/aws/cloudtrail/bucket-not-public.yaml"
};
static const unsigned char file50[] = {
#embed "../../Content/checks/aws/cloudtrail/cloudwatch-logs.yaml"
};
static const unsigned char file51[] = {
#embed "../../Content/checks/aws/cloudtrail/encrypted.yaml"
};
static const unsigned char file52[] = {
#embed "../../Content/checks/aws/cloudtrail/insights.yaml"
};
static const unsigned char file53[] = {
#embed "../../Content/checks/aws/cloudtrail/multi-region.yaml"
};
static const unsigned char file54[] = {
#embed "../../Content/checks/aws/cloudtrail/s3-read-events.yaml"
};
static const unsigned char file55[] = {
#embed "../../Content/checks/aws/cloudtrail/s3-write-events.yaml"
};
static const unsigned char file56[] = {
#embed "../../Content/checks/aws/cloudtrail/validated.yaml"
};
static const unsigned char file57[] = {
#embed "../../Content/checks/aws/cloudwatch/alarm-actions-on.yaml"
};
static const unsigned char file58[] = {
#embed "../../Content/checks/aws/cloudwatch/alarm-notifies.yaml"
};
static const unsigned char file59[] = {
#embed "../../Content/checks/aws/cloudwatch/bucket-policy-changes.yaml"
};
static const unsigned char file60[] = {
#embed "../../Content/checks/aws/cloudwatch/config-changes.yaml"
};
static const unsigned char file61[] = {
#embed "../../Content/checks/aws/cloudwatch/gateway-changes.yaml"
};
static const unsigned char file62[] = {
#embed "../../Content/checks/aws/cloudwatch/iam-policy-changes.yaml"
};
static const unsigned char file63[] = {
#embed "../../Content/checks/aws/cloudwatch/key-deletion.yaml"
};
static const unsigned char file64[] = {
#embed "../../Content/checks/aws/cloudwatch/network-acl-changes.yaml"
};
static const unsigned char file65[] = {
#embed "../../Content/checks/aws/cloudwatch/organization-changes.yaml"
};
static const unsigned char file66[] = {
#embed "../../Content/checks/aws/cloudwatch/root-usage.yaml"
};
static const unsigned char file67[] = {
#embed "../../Content/checks/aws/cloudwatch/route-changes.yaml"
};
static const unsigned char file68[] = {
#embed "../../Content/checks/aws/cloudwatch/security-group-changes.yaml"
};
static const unsigned char file69[] = {
#embed "../../Content/checks/aws/cloudwatch/sign-in-failures.yaml"
};
static const unsigned char file70[] = {
#embed "../../Content/checks/aws/cloudwatch/sign-in-without-mfa.yaml"
};
static const unsigned char file71[] = {
#embed "../../Content/checks/aws/cloudwatch/trail-changes.yaml"
};
static const unsigned char file72[] = {
#embed "../../Content/checks/aws/cloudwatch/unauthorized-calls.yaml"
};
static const unsigned char file73[] = {
#embed "../../Content/checks/aws/cloudwatch/vpc-changes.yaml"
};
static const unsigned char file74[] = {
#embed "../../Content/checks/aws/codebuild/environment-secrets.yaml"
};
static const unsigned char file75[] = {
#embed "../../Content/checks/aws/codebuild/logging.yaml"
};
static const unsigned char file76[] = {
#embed "../../Content/checks/aws/codebuild/no-personal-tokens.yaml"
};
static const unsigned char file77[] = {
#embed "../../Content/checks/aws/codebuild/no-privileged.yaml"
};
static const unsigned char file78[] = {
#embed "../../Content/checks/aws/codebuild/not-public.yaml"
};
static const unsigned char file79[] = {
#embed "../../Content/checks/aws/codebuild/report-group-encrypted.yaml"
};
static const unsigned char file80[] = {
#embed "../../Content/checks/aws/codebuild/s3-logs-encrypted.yaml"
};
static const unsigned char file81[] = {
#embed "../../Content/checks/aws/codebuild/source-credentials.yaml"
};
static const unsigned char file82[] = {
#embed "../../Content/checks/aws/cognito/client-hides-users.yaml"
};
static const unsigned char file83[] = {
#embed "../../Content/checks/aws/cognito/client-https-callbacks.yaml"
};
static const unsigned char file84[] = {
#embed "../../Content/checks/aws/cognito/client-no-implicit-flow.yaml"
};
static const unsigned char file85[] = {
#embed "../../Content/checks/aws/cognito/client-token-revocation.yaml"
};
static const unsigned char file86[] = {
#embed "../../Content/checks/aws/cognito/identity-pool-classic-flow.yaml"
};
static const unsigned char file87[] = {
#embed "../../Content/checks/aws/cognito/identity-pool-guests.yaml"
};
static const unsigned char file88[] = {
#embed "../../Content/checks/aws/cognito/user-pool-deletion-protection.yaml"
};
static const unsigned char file89[] = {
#embed "../../Content/checks/aws/cognito/user-pool-mfa.yaml"
};
static const unsigned char file90[] = {
#embed "../../Content/checks/aws/cognito/user-pool-password.yaml"
};
static const unsigned char file91[] = {
#embed "../../Content/checks/aws/cognito/user-pool-threat-protection.yaml"
};
static const unsigned char file92[] = {
#embed "../../Content/checks/aws/config/recorder-on.yaml"
};
static const unsigned char file93[] = {
#embed "../../Content/checks/aws/config/recorder-role.yaml"
};
static const unsigned char file94[] = {
#embed "../../Content/checks/aws/dms/endpoint-mongodb-authentication.yaml"
};
static const unsigned char file95[] = {
#embed "../../Content/checks/aws/dms/endpoint-redis-tls.yaml"
};
static const unsigned char file96[] = {
#embed "../../Content/checks/aws/dms/endpoint-tls.yaml"
};
static const unsigned char file97[] = {
#embed "../../Content/checks/aws/dms/instance-not-public.yaml"
};
static const unsigned char file98[] = {
#embed "../../Content/checks/aws/dms/minor-version-upgrade.yaml"
};
static const unsigned char file99[] = {
#embed "../../Content/checks/aws/dms/multi-az.yaml"
};
static const unsigned char file100[] = {
#embed "../../Content/checks/aws/docdb/cluster-backup-retention.yaml"
};
static const unsigned char file101[] = {
#embed "../../Content/checks/aws/docdb/cluster-deletion-protection.yaml"
};
static const unsigned char file102[] = {
#embed "../../Content/checks/aws/docdb/cluster-encrypted.yaml"
};
static const unsigned char file103[] = {
#embed "../../Content/checks/aws/docdb/cluster-logs-exported.yaml"
};
static const unsigned char file104[] = {
#embed "../../Content/checks/aws/docdb/cluster-multi-az.yaml"
};
static const unsigned char file105[] = {
#embed "../../Content/checks/aws/docdb/cluster-tls.yaml"
};
static const unsigned char file106[] = {
#embed "../../Content/checks/aws/docdb/snapshot-not-public.yaml"
};
static const unsigned char file107[] = {
#embed "../../Content/checks/aws/dynamodb/backup-plan.yaml"
};
static const unsigned char file108[] = {
#embed "../../Content/checks/aws/dynamodb/deletion-protection.yaml"
};
static const unsigned char file109[] = {
#embed "../../Content/checks/aws/dynamodb/kms-encryption.yaml"
};
static const unsigned char file110[] = {
#embed "../../Content/checks/aws/dynamodb/point-in-time-recovery.yaml"
};
static const unsigned char file111[] = {
#embed "../../Content/checks/aws/dynamodb/policy-not-public.yaml"
};
static const unsigned char file112[] = {
#embed "../../Content/checks/aws/ec2/address-used.yaml"
};
static const unsigned char file113[] = {
#embed "../../Content/checks/aws/ec2/all-ports-open-to-internet.yaml"
};
static const unsigned char file114[] = {
#embed "../../Content/checks/aws/ec2/cassandra-open-to-internet.yaml"
};
static const unsigned char file115[] = {
#embed "../../Content/checks/aws/ec2/cifs-open-to-internet.yaml"
};
static const unsigned char file116[] = {
#embed "../../Content/checks/aws/ec2/default-security-group-closed.yaml"
};
static const unsigned char file117[] = {
#embed "../../Content/checks/aws/ec2/detailed-monitoring.yaml"
};
static const unsigned char file118[] = {
#embed "../../Content/checks/aws/ec2/docker-open-to-internet.yaml"
};
static const unsigned char file119[] = {
#embed "../../Content/checks/aws/ec2/ebs-default-encryption.yaml"
};
static const unsigned char file120[] = {
#embed "../../Content/checks/aws/ec2/elasticsearch-open-to-internet.yaml"
};
static const unsigned char file121[] = {
#embed "../../Content/checks/aws/ec2/ftp-open-to-internet.yaml"
};
static const unsigned char file122[] = {
#embed "../../Content/checks/aws/ec2/image-block-public.yaml"
};
static const unsigned char file123[] = {
#embed "../../Content/checks/aws/ec2/image-encrypted.yaml"
};
static const unsigned char file124[] = {
#embed "../../Content/checks/aws/ec2/image-not-public.yaml"
};
static const unsigned char file125[] = {
#embed "../../Content/checks/aws/ec2/imds-default.yaml"
};
static const unsigned char file126[] = {
#embed "../../Content/checks/aws/ec2/imdsv2-required.yaml"
};
static const unsigned char file127[] = {
#embed "../../Content/checks/aws/ec2/instance-no-public-ip.yaml"
};
static const unsigned char file128[] = {
#embed "../../Content/checks/aws/ec2/instance-role.yaml"
};
static const unsigned char file129[] = {
#embed "../../Content/checks/aws/ec2/kafka-open-to-internet.yaml"
};
static const unsigned char file130[] = {
#embed "../../Content/checks/aws/ec2/launch-template-imdsv2.yaml"
};
static const unsigned char file131[] = {
#embed "../../Content/checks/aws/ec2/launch-template-no-public-ip.yaml"
};
static const unsigned char file132[] = {
#embed "../../Content/checks/aws/ec2/ldap-open-to-internet.yaml"
};
static const unsigned char file133[] = {
#embed "../../Content/checks/aws/ec2/managed-by-ssm.yaml"
};
static const unsigned char file134[] = {
#embed "../../Content/checks/aws/ec2/memcached-open-to-internet.yaml"
};
static const unsigned char file135[] = {
#embed "../../Content/checks/aws/ec2/metadata-hop-limit.yaml"
};
static const unsigned char file136[] = {
#embed "../../Content/checks/aws/ec2/mongodb-open-to-internet.yaml"
};
static const unsigned char file137[] = {
#embed "../../Content/checks/aws/ec2/mysql-open-to-internet.yaml"
};
static const unsigned char file138[] = {
#embed "../../Content/checks/aws/ec2/nat-gateway-used.yaml"
};
static const unsigned char file139[] = {
#embed "../../Content/checks/aws/ec2/network-acl-admin-ports.yaml"
};
static const unsigned char file140[] = {
#embed "../../Content/checks/aws/ec2/network-acl-used.yaml"
};
static const unsigned char file141[] = {
#embed "../../Content/checks/aws/ec2/oracle-open-to-internet.yaml"
};
static const unsigned char file142[] = {
#embed "../../Content/checks/aws/ec2/postgresql-open-to-internet.yaml"
};
static const unsigned char file143[] = {
#embed "../../Content/checks/aws/ec2/rdp-open-to-internet.yaml"
};
static const unsigned char file144[] = {
#embed "../../Content/checks/aws/ec2/redis-open-to-internet.yaml"
};
static const unsigned char file145[] = {
#embed "../../Content/checks/aws/ec2/security-group-launch-wizard.yaml"
};
static const unsigned char file146[] = {
#embed "../../Content/checks/aws/ec2/security-group-used.yaml"
};
static const unsigned char file147[] = {
#embed "../../Content/checks/aws/ec2/serial-console-off.yaml"
};
static const unsigned char file148[] = {
#embed "../../Content/checks/aws/ec2/snapshot-age.yaml"
};
static const unsigned char file149[] = {
#embed "../../Content/checks/aws/ec2/snapshot-block-public.yaml"
};
static const unsigned char file150[] = {
#embed "../../Content/checks/aws/ec2/snapshot-encrypted.yaml"
};
static const unsigned char file151[] = {
#embed "../../Content/checks/aws/ec2/snapshot-not-public.yaml"
};
static const unsigned char file152[] = {
#embed "../../Content/checks/aws/ec2/sql-server-open-to-internet.yaml"
};
static const unsigned char file153[] = {
#embed "../../Content/checks/aws/ec2/ssh-open-to-internet.yaml"
};
static const unsigned char file154[] = {
#embed "../../Content/checks/aws/ec2/subnet-no-auto-public-ip.yaml"
};
static const unsigned char file155[] = {
#embed "../../Content/checks/aws/ec2/telnet-open-to-internet.yaml"
};
static const unsigned char file156[] = {
#embed "../../Content/checks/aws/ec2/transit-gateway-auto-accept.yaml"
};
static const unsigned char file157[] = {
#embed "../../Content/checks/aws/ec2/vnc-open-to-internet.yaml"
};
static const unsigned char file158[] = {
#embed "../../Content/checks/aws/ec2/volume-attached.yaml"
};
static const unsigned char file159[] = {
#embed "../../Content/checks/aws/ec2/volume-backup-plan.yaml"
};
static const unsigned char file160[] = {
#embed "../../Content/checks/aws/ec2/volume-encrypted.yaml"
};
static const unsigned char file161[] = {
#embed "../../Content/checks/aws/ec2/volume-generation.yaml"
};
static const unsigned char file162[] = {
#embed "../../Content/checks/aws/ec2/winrm-open-to-internet.yaml"
};
static const unsigned char file163[] = {
#embed "../../Content/checks/aws/ecr/immutable-tags.yaml"
};
static const unsigned char file164[] = {
#embed "../../Content/checks/aws/ecr/lifecycle.yaml"
};
static const unsigned char file165[] = {
#embed "../../Content/checks/aws/ecr/policy-not-public.yaml"
};
static const unsigned char file166[] = {
#embed "../../Content/checks/aws/ecr/scan-on-push.yaml"
};
static const unsigned char file167[] = {
#embed "../../Content/checks/aws/ecs/container-insights.yaml"
};
static const unsigned char file168[] = {
#embed "../../Content/checks/aws/ecs/environment-secrets.yaml"
};
static const unsigned char file169[] = {
#embed "../../Content/checks/aws/ecs/exec-audited.yaml"
};
static const unsigned char file170[] = {
#embed "../../Content/checks/aws/ecs/fargate-platform.yaml"
};
static const unsigned char file171[] = {
#embed "../../Content/checks/aws/ecs/host-namespaces.yaml"
};
static const unsigned char file172[] = {
#embed "../../Content/checks/aws/ecs/host-network-root.yaml"
};
static const unsigned char file173[] = {
#embed "../../Content/checks/aws/ecs/logging.yaml"
};
static const unsigned char file174[] = {
#embed "../../Content/checks/aws/ecs/no-privileged-container.yaml"
};
static const unsigned char file175[] = {
#embed "../../Content/checks/aws/ecs/read-only-root.yaml"
};
static const unsigned char file176[] = {
#embed "../../Content/checks/aws/ecs/service-no-public-ip.yaml"
};
static const unsigned char file177[] = {
#embed "../../Content/checks/aws/efs/access-point-root.yaml"
};
static const unsigned char file178[] = {
#embed "../../Content/checks/aws/efs/access-point-user.yaml"
};
static const unsigned char file179[] = {
#embed "../../Content/checks/aws/efs/backup.yaml"
};
static const unsigned char file180[] = {
#embed "../../Content/checks/aws/efs/encrypted.yaml"
};
static const unsigned char file181[] = {
#embed "../../Content/checks/aws/efs/mount-target-private.yaml"
};
static const unsigned char file182[] = {
#embed "../../Content/checks/aws/efs/policy-not-public.yaml"
};
static const unsigned char file183[] = {
#embed "../../Content/checks/aws/eks/access-entries.yaml"
};
static const unsigned char file184[] = {
#embed "../../Content/checks/aws/eks/control-plane-logs.yaml"
};
static const unsigned char file185[] = {
#embed "../../Content/checks/aws/eks/deletion-protection.yaml"
};
static const unsigned char file186[] = {
#embed "../../Content/checks/aws/eks/endpoint-not-public.yaml"
};
static const unsigned char file187[] = {
#embed "../../Content/checks/aws/eks/endpoint-private.yaml"
};
static const unsigned char file188[] = {
#embed "../../Content/checks/aws/eks/node-ssh.yaml"
};
static const unsigned char file189[] = {
#embed "../../Content/checks/aws/eks/secrets-encrypted.yaml"
};
static const unsigned char file190[] = {
#embed "../../Content/checks/aws/eks/version-supported.yaml"
};
static const unsigned char file191[] = {
#embed "../../Content/checks/aws/elasticache/authentication.yaml"
};
static const unsigned char file192[] = {
#embed "../../Content/checks/aws/elasticache/backups.yaml"
};
static const unsigned char file193[] = {
#embed "../../Content/checks/aws/elasticache/encrypted-at-rest.yaml"
};
static const unsigned char file194[] = {
#embed "../../Content/checks/aws/elasticache/encrypted-in-transit.yaml"
};
static const unsigned char file195[] = {
#embed "../../Content/checks/aws/elasticache/failover.yaml"
};
static const unsigned char file196[] = {
#embed "../../Content/checks/aws/elasticache/memcached-in-transit.yaml"
};
static const unsigned char file197[] = {
#embed "../../Content/checks/aws/elasticache/minor-version-upgrade.yaml"
};
static const unsigned char file198[] = {
#embed "../../Content/checks/aws/elasticache/multi-az.yaml"
};
static const unsigned char file199[] = {
#embed "../../Content/checks/aws/elasticache/own-subnet-group.yaml"
};
static const unsigned char file200[] = {
#embed "../../Content/checks/aws/elasticache/serverless-users.yaml"
};
static const unsigned char file201[] = {
#embed "../../Content/checks/aws/elasticache/user-password.yaml"
};
static const unsigned char file202[] = {
#embed "../../Content/checks/aws/elasticbeanstalk/enhanced-health.yaml"
};
static const unsigned char file203[] = {
#embed "../../Content/checks/aws/elasticbeanstalk/logs-streamed.yaml"
};
static const unsigned char file204[] = {
#embed "../../Content/checks/aws/elasticbeanstalk/managed-updates.yaml"
};
static const unsigned char file205[] = {
#embed "../../Content/checks/aws/elb/access-logs.yaml"
};
static const unsigned char file206[] = {
#embed "../../Content/checks/aws/elb/cross-zone.yaml"
};
static const unsigned char file207[] = {
#embed "../../Content/checks/aws/elb/desync-mitigation.yaml"
};
static const unsigned char file208[] = {
#embed "../../Content/checks/aws/elb/tls-listeners.yaml"
};
static const unsigned char file209[] = {
#embed "../../Content/checks/aws/elb/used.yaml"
};
static const unsigned char file210[] = {
#embed "../../Content/checks/aws/elbv2/access-logs.yaml"
};
static const unsigned char file211[] = {
#embed "../../Content/checks/aws/elbv2/deletion-protection.yaml"
};
static const unsigned char file212[] = {
#embed "../../Content/checks/aws/elbv2/desync-mitigation.yaml"
};
static const unsigned char file213[] = {
#embed "../../Content/checks/aws/elbv2/drop-invalid-headers.yaml"
};
static const unsigned char file214[] = {
#embed "../../Content/checks/aws/elbv2/http-redirects.yaml"
};
static const unsigned char file215[] = {
#embed "../../Content/checks/aws/elbv2/multi-az.yaml"
};
static const unsigned char file216[] = {
#embed "../../Content/checks/aws/elbv2/tls-policy.yaml"
};
static const unsigned char file217[] = {
#embed "../../Content/checks/aws/elbv2/used.yaml"
};
static const unsigned char file218[] = {
#embed "../../Content/checks/aws/elbv2/waf-attached.yaml"
};
static const unsigned char file219[] = {
#embed "../../Content/checks/aws/emr/block-public-access.yaml"
};
static const unsigned char file220[] = {
#embed "../../Content/checks/aws/emr/cluster-logs.yaml"
};
static const unsigned char file221[] = {
#embed "../../Content/checks/aws/emr/cluster-security-configuration.yaml"
};
static const unsigned char file222[] = {
#embed "../../Content/checks/aws/emr/configuration-at-rest.yaml"
};
static const unsigned char file223[] = {
#embed "../../Content/checks/aws/emr/configuration-in-transit.yaml"
};
static const unsigned char file224[] = {
#embed "../../Content/checks/aws/events/bus-not-public.yaml"
};
static const unsigned char file225[] = {
#embed "../../Content/checks/aws/firehose/encrypted.yaml"
};
static const unsigned char file226[] = {
#embed "../../Content/checks/aws/fsx/backups.yaml"
};
static const unsigned char file227[] = {
#embed "../../Content/checks/aws/fsx/copy-tags.yaml"
};
static const unsigned char file228[] = {
#embed "../../Content/checks/aws/fsx/windows-audit.yaml"
};
static const unsigned char file229[] = {
#embed "../../Content/checks/aws/glue/catalog-encrypted.yaml"
};
static const unsigned char file230[] = {
#embed "../../Content/checks/aws/glue/catalog-not-public.yaml"
};
static const unsigned char file231[] = {
#embed "../../Content/checks/aws/glue/connection-passwords-encrypted.yaml"
};
static const unsigned char file232[] = {
#embed "../../Content/checks/aws/glue/connection-tls.yaml"
};
static const unsigned char file233[] = {
#embed "../../Content/checks/aws/glue/crawler-security-configuration.yaml"
};
static const unsigned char file234[] = {
#embed "../../Content/checks/aws/glue/dev-endpoint-private.yaml"
};
static const unsigned char file235[] = {
#embed "../../Content/checks/aws/glue/job-security-configuration.yaml"
};
static const unsigned char file236[] = {
#embed "../../Content/checks/aws/glue/ml-transform-encrypted.yaml"
};
static const unsigned char file237[] = {
#embed "../../Content/checks/aws/glue/security-configuration-complete.yaml"
};
static const unsigned char file238[] = {
#embed "../../Content/checks/aws/guardduty/eks-audit-logs.yaml"
};
static const unsigned char file239[] = {
#embed "../../Content/checks/aws/guardduty/enabled.yaml"
};
static const unsigned char file240[] = {
#embed "../../Content/checks/aws/guardduty/lambda-protection.yaml"
};
static const unsigned char file241[] = {
#embed "../../Content/checks/aws/guardduty/malware-protection.yaml"
};
static const unsigned char file242[] = {
#embed "../../Content/checks/aws/guardduty/rds-protection.yaml"
};
static const unsigned char file243[] = {
#embed "../../Content/checks/aws/guardduty/runtime-monitoring.yaml"
};
static const unsigned char file244[] = {
#embed "../../Content/checks/aws/guardduty/s3-protection.yaml"
};
static const unsigned char file245[] = {
#embed "../../Content/checks/aws/iam/access-key-age.yaml"
};
static const unsigned char file246[] = {
#embed "../../Content/checks/aws/iam/access-key-used.yaml"
};
static const unsigned char file247[] = {
#embed "../../Content/checks/aws/iam/console-access-used.yaml"
};
static const unsigned char file248[] = {
#embed "../../Content/checks/aws/iam/federated-sign-in.yaml"
};
static const unsigned char file249[] = {
#embed "../../Content/checks/aws/iam/group-administrator-access.yaml"
};
static const unsigned char file250[] = {
#embed "../../Content/checks/aws/iam/group-inline-admin.yaml"
};
static const unsigned char file251[] = {
#embed "../../Content/checks/aws/iam/group-inline-escalation.yaml"
};
static const unsigned char file252[] = {
#embed "../../Content/checks/aws/iam/no-admin-policy.yaml"
};
static const unsigned char file253[] = {
#embed "../../Content/checks/aws/iam/no-cloudshell-full-access.yaml"
};
static const unsigned char file254[] = {
#embed "../../Content/checks/aws/iam/one-active-key.yaml"
};
static const unsigned char file255[] = {
#embed "../../Content/checks/aws/iam/password-expiry.yaml"
};
static const unsigned char file256[] = {
#embed "../../Content/checks/aws/iam/password-length.yaml"
};
static const unsigned char file257[] = {
#embed "../../Content/checks/aws/iam/password-lowercase.yaml"
};
static const unsigned char file258[] = {
#embed "../../Content/checks/aws/iam/password-number.yaml"
};
static const unsigned char file259[] = {
#embed "../../Content/checks/aws/iam/password-reuse.yaml"
};
static const unsigned char file260[] = {
#embed "../../Content/checks/aws/iam/password-symbol.yaml"
};
static const unsigned char file261[] = {
#embed "../../Content/checks/aws/iam/password-uppercase.yaml"
};
static const unsigned char file262[] = {
#embed "../../Content/checks/aws/iam/policies-by-group.yaml"
};
static const unsigned char file263[] = {
#embed "../../Content/checks/aws/iam/policy-assume-any-role.yaml"
};
static const unsigned char file264[] = {
#embed "../../Content/checks/aws/iam/policy-full-cloudtrail.yaml"
};
static const unsigned char file265[] = {
#embed "../../Content/checks/aws/iam/policy-full-iam.yaml"
};
static const unsigned char file266[] = {
#embed "../../Content/checks/aws/iam/policy-full-kms.yaml"
};
static const unsigned char file267[] = {
#embed "../../Content/checks/aws/iam/policy-passrole-any.yaml"
};
static const unsigned char file268[] = {
#embed "../../Content/checks/aws/iam/policy-privilege-escalation.yaml"
};
static const unsigned char file269[] = {
#embed "../../Content/checks/aws/iam/role-administrator-access.yaml"
};
static const unsigned char file270[] = {
#embed "../../Content/checks/aws/iam/role-external-id.yaml"
};
static const unsigned char file271[] = {
#embed "../../Content/checks/aws/iam/role-inline-admin.yaml"
};
static const unsigned char file272[] = {
#embed "../../Content/checks/aws/iam/role-inline-escalation.yaml"
};
static const unsigned char file273[] = {
#embed "../../Content/checks/aws/iam/role-oidc-subject.yaml"
};
static const unsigned char file274[] = {
#embed "../../Content/checks/aws/iam/role-trust-public.yaml"
};
static const unsigned char file275[] = {
#embed "../../Content/checks/aws/iam/role-used.yaml"
};
static const unsigned char file276[] = {
#embed "../../Content/checks/aws/iam/root-hardware-mfa.yaml"
};
static const unsigned char file277[] = {
#embed "../../Content/checks/aws/iam/root-mfa.yaml"
};
static const unsigned char file278[] = {
#embed "../../Content/checks/aws/iam/root-no-access-keys.yaml"
};
static const unsigned char file279[] = {
#embed "../../Content/checks/aws/iam/root-not-used.yaml"
};
static const unsigned char file280[] = {
#embed "../../Content/checks/aws/iam/saml-provider-valid.yaml"
};
static const unsigned char file281[] = {
#embed "../../Content/checks/aws/iam/server-certificate-valid.yaml"
};
static const unsigned char file282[] = {
#embed "../../Content/checks/aws/iam/support-role.yaml"
};
static const unsigned char file283[] = {
#embed "../../Content/checks/aws/iam/unused-first-key.yaml"
};
static const unsigned char file284[] = {
#embed "../../Content/checks/aws/iam/user-administrator-access.yaml"
};
static const unsigned char file285[] = {
#embed "../../Content/checks/aws/iam/user-inline-admin.yaml"
};
static const unsigned char file286[] = {
#embed "../../Content/checks/aws/iam/user-inline-escalation.yaml"
};
static const unsigned char file287[] = {
#embed "../../Content/checks/aws/iam/user-mfa.yaml"
};
static const unsigned char file288[] = {
#embed "../../Content/checks/aws/inspector/all-resources.yaml"
};
static const unsigned char file289[] = {
#embed "../../Content/checks/aws/inspector/enabled.yaml"
};
static const unsigned char file290[] = {
#embed "../../Content/checks/aws/kafka/authenticated.yaml"
};
static const unsigned char file291[] = {
#embed "../../Content/checks/aws/kafka/logs.yaml"
};
static const unsigned char file292[] = {
#embed "../../Content/checks/aws/kafka/not-public.yaml"
};
static const unsigned char file293[] = {
#embed "../../Content/checks/aws/kafka/tls.yaml"
};
static const unsigned char file294[] = {
#embed "../../Content/checks/aws/kinesis/encrypted.yaml"
};
static const unsigned char file295[] = {
#embed "../../Content/checks/aws/kinesis/policy-not-public.yaml"
};
static const unsigned char file296[] = {
#embed "../../Content/checks/aws/kinesis/retention.yaml"
};
static const unsigned char file297[] = {
#embed "../../Content/checks/aws/kms/key-rotation.yaml"
};
static const unsigned char file298[] = {
#embed "../../Content/checks/aws/kms/not-pending-deletion.yaml"
};
static const unsigned char file299[] = {
#embed "../../Content/checks/aws/kms/policy-not-public.yaml"
};
static const unsigned char file300[] = {
#embed "../../Content/checks/aws/kms/single-region.yaml"
};
static const unsigned char file301[] = {
#embed "../../Content/checks/aws/kms/used.yaml"
};
static const unsigned char file302[] = {
#embed "../../Content/checks/aws/lambda/dead-letter.yaml"
};
static const unsigned char file303[] = {
#embed "../../Content/checks/aws/lambda/environment-encrypted.yaml"
};
static const unsigned char file304[] = {
#embed "../../Content/checks/aws/lambda/environment-secrets.yaml"
};
static const unsigned char file305[] = {
#embed "../../Content/checks/aws/lambda/foreign-layers.yaml"
};
static const unsigned char file306[] = {
#embed "../../Content/checks/aws/lambda/policy-not-public.yaml"
};
static const unsigned char file307[] = {
#embed "../../Content/checks/aws/lambda/runtime-supported.yaml"
};
static const unsigned char file308[] = {
#embed "../../Content/checks/aws/lambda/tracing.yaml"
};
static const unsigned char file309[] = {
#embed "../../Content/checks/aws/lambda/url-authenticated.yaml"
};
static const unsigned char file310[] = {
#embed "../../Content/checks/aws/lambda/url-cors.yaml"
};
static const unsigned char file311[] = {
#embed "../../Content/checks/aws/lambda/vpc-two-zones.yaml"
};
static const unsigned char file312[] = {
#embed "../../Content/checks/aws/lightsail/balancer-https.yaml"
};
static const unsigned char file313[] = {
#embed "../../Content/checks/aws/lightsail/bucket-not-public.yaml"
};
static const unsigned char file314[] = {
#embed "../../Content/checks/aws/lightsail/database-backups.yaml"
};
static const unsigned char file315[] = {
#embed "../../Content/checks/aws/lightsail/database-not-public.yaml"
};
static const unsigned char file316[] = {
#embed "../../Content/checks/aws/lightsail/instance-admin-ports.yaml"
};
static const unsigned char file317[] = {
#embed "../../Content/checks/aws/lightsail/instance-snapshots.yaml"
};
static const unsigned char file318[] = {
#embed "../../Content/checks/aws/logs/encrypted-with-key.yaml"
};
static const unsigned char file319[] = {
#embed "../../Content/checks/aws/logs/retention.yaml"
};
static const unsigned char file320[] = {
#embed "../../Content/checks/aws/macie/enabled.yaml"
};
static const unsigned char file321[] = {
#embed "../../Content/checks/aws/memorydb/access-list.yaml"
};
static const unsigned char file322[] = {
#embed "../../Content/checks/aws/memorydb/minor-version-upgrade.yaml"
};
static const unsigned char file323[] = {
#embed "../../Content/checks/aws/memorydb/snapshots.yaml"
};
static const unsigned char file324[] = {
#embed "../../Content/checks/aws/memorydb/tls.yaml"
};
static const unsigned char file325[] = {
#embed "../../Content/checks/aws/memorydb/user-password.yaml"
};
static const unsigned char file326[] = {
#embed "../../Content/checks/aws/mq/logs.yaml"
};
static const unsigned char file327[] = {
#embed "../../Content/checks/aws/mq/minor-version-upgrade.yaml"
};
static const unsigned char file328[] = {
#embed "../../Content/checks/aws/mq/not-public.yaml"
};
static const unsigned char file329[] = {
#embed "../../Content/checks/aws/mq/standby.yaml"
};
static const unsigned char file330[] = {
#embed "../../Content/checks/aws/neptune/cluster-backup-retention.yaml"
};
static const unsigned char file331[] = {
#embed "../../Content/checks/aws/neptune/cluster-copy-tags.yaml"
};
static const unsigned char file332[] = {
#embed "../../Content/checks/aws/neptune/cluster-deletion-protection.yaml"
};
static const unsigned char file333[] = {
#embed "../../Content/checks/aws/neptune/cluster-encrypted.yaml"
};
static const unsigned char file334[] = {
#embed "../../Content/checks/aws/neptune/cluster-iam-authentication.yaml"
};
static const unsigned char file335[] = {
#embed "../../Content/checks/aws/neptune/cluster-logs-exported.yaml"
};
static const unsigned char file336[] = {
#embed "../../Content/checks/aws/neptune/cluster-multi-az.yaml"
};
static const unsigned char file337[] = {
#embed "../../Content/checks/aws/neptune/instance-not-public.yaml"
};
static const unsigned char file338[] = {
#embed "../../Content/checks/aws/neptune/minor-version-upgrade.yaml"
};
static const unsigned char file339[] = {
#embed "../../Content/checks/aws/neptune/snapshot-encrypted.yaml"
};
static const unsigned char file340[] = {
#embed "../../Content/checks/aws/neptune/snapshot-not-public.yaml"
};
static const unsigned char file341[] = {
#embed "../../Content/checks/aws/network-firewall/default-fragments.yaml"
};
static const unsigned char file342[] = {
#embed "../../Content/checks/aws/network-firewall/default-full-packets.yaml"
};
static const unsigned char file343[] = {
#embed "../../Content/checks/aws/network-firewall/deletion-protection.yaml"
};
static const unsigned char file344[] = {
#embed "../../Content/checks/aws/network-firewall/logging.yaml"
};
static const unsigned char file345[] = {
#embed "../../Content/checks/aws/network-firewall/multi-az.yaml"
};
static const unsigned char file346[] = {
#embed "../../Content/checks/aws/network-firewall/policy-has-rules.yaml"
};
static const unsigned char file347[] = {
#embed "../../Content/checks/aws/opensearch/audit-logs.yaml"
};
static const unsigned char file348[] = {
#embed "../../Content/checks/aws/opensearch/data-nodes.yaml"
};
static const unsigned char file349[] = {
#embed "../../Content/checks/aws/opensearch/encrypted-at-rest.yaml"
};
static const unsigned char file350[] = {
#embed "../../Content/checks/aws/opensearch/error-logs.yaml"
};
static const unsigned char file351[] = {
#embed "../../Content/checks/aws/opensearch/fine-grained-access.yaml"
};
static const unsigned char file352[] = {
#embed "../../Content/checks/aws/opensearch/https-only.yaml"
};
static const unsigned char file353[] = {
#embed "../../Content/checks/aws/opensearch/in-vpc.yaml"
};
static const unsigned char file354[] = {
#embed "../../Content/checks/aws/opensearch/master-nodes.yaml"
};
static const unsigned char file355[] = {
#embed "../../Content/checks/aws/opensearch/no-internal-users.yaml"
};
static const unsigned char file356[] = {
#embed "../../Content/checks/aws/opensearch/node-to-node.yaml"
};
static const unsigned char file357[] = {
#embed "../../Content/checks/aws/opensearch/policy-not-public.yaml"
};
static const unsigned char file358[] = {
#embed "../../Content/checks/aws/opensearch/tls-version.yaml"
};
static const unsigned char file359[] = {
#embed "../../Content/checks/aws/opensearch/updated.yaml"
};
static const unsigned char file360[] = {
#embed "../../Content/checks/aws/organizations/all-features.yaml"
};
static const unsigned char file361[] = {
#embed "../../Content/checks/aws/organizations/control-policies.yaml"
};
static const unsigned char file362[] = {
#embed "../../Content/checks/aws/organizations/delegated-administrator.yaml"
};
static const unsigned char file363[] = {
#embed "../../Content/checks/aws/organizations/member.yaml"
};
static const unsigned char file364[] = {
#embed "../../Content/checks/aws/organizations/own-control-policy.yaml"
};
static const unsigned char file365[] = {
#embed "../../Content/checks/aws/organizations/root-credentials-central.yaml"
};
static const unsigned char file366[] = {
#embed "../../Content/checks/aws/rds/backup-on.yaml"
};
static const unsigned char file367[] = {
#embed "../../Content/checks/aws/rds/backup-plan.yaml"
};
static const unsigned char file368[] = {
#embed "../../Content/checks/aws/rds/backup-retention.yaml"
};
static const unsigned char file369[] = {
#embed "../../Content/checks/aws/rds/certificate-authority.yaml"
};
static const unsigned char file370[] = {
#embed "../../Content/checks/aws/rds/cluster-backup-retention.yaml"
};
static const unsigned char file371[] = {
#embed "../../Content/checks/aws/rds/cluster-copy-tags.yaml"
};
static const unsigned char file372[] = {
#embed "../../Content/checks/aws/rds/cluster-default-admin-name.yaml"
};
static const unsigned char file373[] = {
#embed "../../Content/checks/aws/rds/cluster-deletion-protection.yaml"
};
static const unsigned char file374[] = {
#embed "../../Content/checks/aws/rds/cluster-encrypted.yaml"
};
static const unsigned char file375[] = {
#embed "../../Content/checks/aws/rds/cluster-iam-authentication.yaml"
};
static const unsigned char file376[] = {
#embed "../../Content/checks/aws/rds/cluster-logs-exported.yaml"
};
static const unsigned char file377[] = {
#embed "../../Content/checks/aws/rds/cluster-multi-az.yaml"
};
static const unsigned char file378[] = {
#embed "../../Content/checks/aws/rds/cluster-snapshot-encrypted.yaml"
};
static const unsigned char file379[] = {
#embed "../../Content/checks/aws/rds/cluster-snapshot-not-public.yaml"
};
static const unsigned char file380[] = {
#embed "../../Content/checks/aws/rds/copy-tags.yaml"
};
static const unsigned char file381[] = {
#embed "../../Content/checks/aws/rds/default-admin-name.yaml"
};
static const unsigned char file382[] = {
#embed "../../Content/checks/aws/rds/deletion-protection.yaml"
};
static const unsigned char file383[] = {
#embed "../../Content/checks/aws/rds/enhanced-monitoring.yaml"
};
static const unsigned char file384[] = {
#embed "../../Content/checks/aws/rds/iam-authentication.yaml"
};
static const unsigned char file385[] = {
#embed "../../Content/checks/aws/rds/logs-exported.yaml"
};
static const unsigned char file386[] = {
#embed "../../Content/checks/aws/rds/minor-version-upgrade.yaml"
};
static const unsigned char file387[] = {
#embed "../../Content/checks/aws/rds/multi-az.yaml"
};
static const unsigned char file388[] = {
#embed "../../Content/checks/aws/rds/not-public.yaml"
};
static const unsigned char file389[] = {
#embed "../../Content/checks/aws/rds/snapshot-encrypted.yaml"
};
static const unsigned char file390[] = {
#embed "../../Content/checks/aws/rds/snapshot-not-public.yaml"
};
static const unsigned char file391[] = {
#embed "../../Content/checks/aws/rds/storage-encrypted.yaml"
};
static const unsigned char file392[] = {
#embed "../../Content/checks/aws/redshift/audit-logging.yaml"
};
static const unsigned char file393[] = {
#embed "../../Content/checks/aws/redshift/default-admin-name.yaml"
};
static const unsigned char file394[] = {
#embed "../../Content/checks/aws/redshift/encrypted.yaml"
};
static const unsigned char file395[] = {
#embed "../../Content/checks/aws/redshift/enhanced-vpc-routing.yaml"
};
static const unsigned char file396[] = {
#embed "../../Content/checks/aws/redshift/not-public.yaml"
};
static const unsigned char file397[] = {
#embed "../../Content/checks/aws/redshift/snapshots-kept.yaml"
};
static const unsigned char file398[] = {
#embed "../../Content/checks/aws/redshift/tls-required.yaml"
};
static const unsigned char file399[] = {
#embed "../../Content/checks/aws/redshift/version-upgrade.yaml"
};
static const unsigned char file400[] = {
#embed "../../Content/checks/aws/route53/dnssec.yaml"
};
static const unsigned char file401[] = {
#embed "../../Content/checks/aws/route53/query-logging.yaml"
};
static const unsigned char file402[] = {
#embed "../../Content/checks/aws/route53/website-record-has-bucket.yaml"
};
static const unsigned char file403[] = {
#embed "../../Content/checks/aws/route53domains/auto-renew.yaml"
};
static const unsigned char file404[] = {
#embed "../../Content/checks/aws/route53domains/privacy.yaml"
};
static const unsigned char file405[] = {
#embed "../../Content/checks/aws/route53domains/transfer-lock.yaml"
};
static const unsigned char file406[] = {
#embed "../../Content/checks/aws/s3/access-logging.yaml"
};
static const unsigned char file407[] = {
#embed "../../Content/checks/aws/s3/access-point-block.yaml"
};
static const unsigned char file408[] = {
#embed "../../Content/checks/aws/s3/access-point-not-public.yaml"
};
static const unsigned char file409[] = {
#embed "../../Content/checks/aws/s3/account-public-access-block.yaml"
};
static const unsigned char file410[] = {
#embed "../../Content/checks/aws/s3/acls-off.yaml"
};
static const unsigned char file411[] = {
#embed "../../Content/checks/aws/s3/default-encryption.yaml"
};
static const unsigned char file412[] = {
#embed "../../Content/checks/aws/s3/kms-encryption.yaml"
};
static const unsigned char file413[] = {
#embed "../../Content/checks/aws/s3/mfa-delete.yaml"
};
static const unsigned char file414[] = {
#embed "../../Content/checks/aws/s3/public-access-block.yaml"
};
static const unsigned char file415[] = {
#embed "../../Content/checks/aws/s3/public-acl.yaml"
};
static const unsigned char file416[] = {
#embed "../../Content/checks/aws/s3/public-policy.yaml"
};
static const unsigned char file417[] = {
#embed "../../Content/checks/aws/s3/secure-transport.yaml"
};
static const unsigned char file418[] = {
#embed "../../Content/checks/aws/s3/versioning.yaml"
};
static const unsigned char file419[] = {
#embed "../../Content/checks/aws/sagemaker/domain-sso.yaml"
};
static const unsigned char file420[] = {
#embed "../../Content/checks/aws/sagemaker/domain-vpc-only.yaml"
};
static const unsigned char file421[] = {
#embed "../../Content/checks/aws/sagemaker/endpoint-encrypted.yaml"
};
static const unsigned char file422[] = {
#embed "../../Content/checks/aws/sagemaker/model-in-vpc.yaml"
};
static const unsigned char file423[] = {
#embed "../../Content/checks/aws/sagemaker/model-isolated.yaml"
};
static const unsigned char file424[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-encrypted.yaml"
};
static const unsigned char file425[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-imdsv2.yaml"
};
static const unsigned char file426[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-in-vpc.yaml"
};
static const unsigned char file427[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-no-direct-internet.yaml"
};
static const unsigned char file428[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-no-root.yaml"
};
static const unsigned char file429[] = {
#embed "../../Content/checks/aws/secretsmanager/policy-not-public.yaml"
};
static const unsigned char file430[] = {
#embed "../../Content/checks/aws/secretsmanager/rotated-lately.yaml"
};
static const unsigned char file431[] = {
#embed "../../Content/checks/aws/secretsmanager/rotation.yaml"
};
static const unsigned char file432[] = {
#embed "../../Content/checks/aws/secretsmanager/used.yaml"
};
static const unsigned char file433[] = {
#embed "../../Content/checks/aws/securityhub/enabled.yaml"
};
static const unsigned char file434[] = {
#embed "../../Content/checks/aws/ses/dkim.yaml"
};
static const unsigned char file435[] = {
#embed "../../Content/checks/aws/ses/receipt-tls.yaml"
};
static const unsigned char file436[] = {
#embed "../../Content/checks/aws/ses/tls-required.yaml"
};
static const unsigned char file437[] = {
#embed "../../Content/checks/aws/shield/balancer-protected.yaml"
};
static const unsigned char file438[] = {
#embed "../../Content/checks/aws/shield/cloudfront-protected.yaml"
};
static const unsigned char file439[] = {
#embed "../../Content/checks/aws/shield/zone-protected.yaml"
};
static const unsigned char file440[] = {
#embed "../../Content/checks/aws/sns/encrypted.yaml"
};
static const unsigned char file441[] = {
#embed "../../Content/checks/aws/sns/policy-not-public.yaml"
};
static const unsigned char file442[] = {
#embed "../../Content/checks/aws/sqs/encrypted.yaml"
};
static const unsigned char file443[] = {
#embed "../../Content/checks/aws/sqs/policy-not-public.yaml"
};
static const unsigned char file444[] = {
#embed "../../Content/checks/aws/ssm/block-public-documents.yaml"
};
static const unsigned char file445[] = {
#embed "../../Content/checks/aws/ssm/document-not-public.yaml"
};
static const unsigned char file446[] = {
#embed "../../Content/checks/aws/ssm/parameter-secret.yaml"
};
static const unsigned char file447[] = {
#embed "../../Content/checks/aws/ssm/patched.yaml"
};
static const unsigned char file448[] = {
#embed "../../Content/checks/aws/stepfunctions/logging.yaml"
};
static const unsigned char file449[] = {
#embed "../../Content/checks/aws/stepfunctions/tracing.yaml"
};
static const unsigned char file450[] = {
#embed "../../Content/checks/aws/transfer/logging.yaml"
};
static const unsigned char file451[] = {
#embed "../../Content/checks/aws/transfer/no-ftp.yaml"
};
static const unsigned char file452[] = {
#embed "../../Content/checks/aws/transfer/not-public.yaml"
};
static const unsigned char file453[] = {
#embed "../../Content/checks/aws/transfer/security-policy.yaml"
};
static const unsigned char file454[] = {
#embed "../../Content/checks/aws/vpc/default-vpc-unused.yaml"
};
static const unsigned char file455[] = {
#embed "../../Content/checks/aws/vpc/endpoint-policy-limited.yaml"
};
static const unsigned char file456[] = {
#embed "../../Content/checks/aws/vpc/endpoint-service-acceptance.yaml"
};
static const unsigned char file457[] = {
#embed "../../Content/checks/aws/vpc/endpoint-service-principals.yaml"
};
static const unsigned char file458[] = {
#embed "../../Content/checks/aws/vpc/flow-logs.yaml"
};
static const unsigned char file459[] = {
#embed "../../Content/checks/aws/vpc/peering-routes.yaml"
};
static const unsigned char file460[] = {
#embed "../../Content/checks/aws/wafv2/counted.yaml"
};
static const unsigned char file461[] = {
#embed "../../Content/checks/aws/wafv2/has-rules.yaml"
};
static const unsigned char file462[] = {
#embed "../../Content/checks/aws/wafv2/logging.yaml"
};
static const unsigned char file463[] = {
#embed "../../Content/checks/aws/wafv2/rule-group-not-empty.yaml"
};
static const unsigned char file464[] = {
#embed "../../Content/checks/aws/workspaces/directory-ip-groups.yaml"
};
static const unsigned char file465[] = {
#embed "../../Content/checks/aws/workspaces/directory-no-internet.yaml"
};
static const unsigned char file466[] = {
#embed "../../Content/checks/aws/workspaces/directory-no-local-admin.yaml"
};
static const unsigned char file467[] = {
#embed "../../Content/checks/aws/workspaces/encrypted.yaml"
};
static const unsigned char file468[] = {
#embed "../../Content/checks/gcp/accessapproval/enabled.yaml"
};
static const unsigned char file469[] = {
#embed "../../Content/checks/gcp/accesscontextmanager/storage-perimeter.yaml"
};
static const unsigned char file470[] = {
#embed "../../Content/checks/gcp/alloydb/backups.yaml"
};
static const unsigned char file471[] = {
#embed "../../Content/checks/gcp/alloydb/customer-key.yaml"
};
static const unsigned char file472[] = {
#embed "../../Content/checks/gcp/alloydb/no-public-address.yaml"
};
static const unsigned char file473[] = {
#embed "../../Content/checks/gcp/alloydb/tls.yaml"
};
static const unsigned char file474[] = {
#embed "../../Content/checks/gcp/apikeys/age.yaml"
};
static const unsigned char file475[] = {
#embed "../../Content/checks/gcp/apikeys/api-restrictions.yaml"
};
static const unsigned char file476[] = {
#embed "../../Content/checks/gcp/apikeys/application-restrictions.yaml"
};
static const unsigned char file477[] = {
#embed "../../Content/checks/gcp/apikeys/gemini.yaml"
};
static const unsigned char file478[] = {
#embed "../../Content/checks/gcp/apikeys/no-keys.yaml"
};
static const unsigned char file479[] = {
#embed "../../Content/checks/gcp/appengine/https-only.yaml"
};
static const unsigned char file480[] = {
#embed "../../Content/checks/gcp/appengine/runtime.yaml"
};
static const unsigned char file481[] = {
#embed "../../Content/checks/gcp/artifactregistry/cleanup.yaml"
};
static const unsigned char file482[] = {
#embed "../../Content/checks/gcp/artifactregistry/customer-key.yaml"
};
static const unsigned char file483[] = {
#embed "../../Content/checks/gcp/artifactregistry/immutable-tags.yaml"
};
static const unsigned char file484[] = {
#embed "../../Content/checks/gcp/artifactregistry/public.yaml"
};
static const unsigned char file485[] = {
#embed "../../Content/checks/gcp/artifactregistry/scanning.yaml"
};
static const unsigned char file486[] = {
#embed "../../Content/checks/gcp/bigquery/dataset-key.yaml"
};
static const unsigned char file487[] = {
#embed "../../Content/checks/gcp/bigquery/dataset-project-writers.yaml"
};
static const unsigned char file488[] = {
#embed "../../Content/checks/gcp/bigquery/dataset-public.yaml"
};
static const unsigned char file489[] = {
#embed "../../Content/checks/gcp/bigquery/table-key.yaml"
};
static const unsigned char file490[] = {
#embed "../../Content/checks/gcp/bigquery/table-public.yaml"
};
static const unsigned char file491[] = {
#embed "../../Content/checks/gcp/bigtable/backups.yaml"
};
static const unsigned char file492[] = {
#embed "../../Content/checks/gcp/bigtable/cluster-key.yaml"
};
static const unsigned char file493[] = {
#embed "../../Content/checks/gcp/bigtable/deletion-protection.yaml"
};
static const unsigned char file494[] = {
#embed "../../Content/checks/gcp/cloudbuild/fork-builds.yaml"
};
static const unsigned char file495[] = {
#embed "../../Content/checks/gcp/cloudbuild/private-workers.yaml"
};
static const unsigned char file496[] = {
#embed "../../Content/checks/gcp/cloudbuild/trigger-service-account.yaml"
};
static const unsigned char file497[] = {
#embed "../../Content/checks/gcp/cloudsql/backups.yaml"
};
static const unsigned char file498[] = {
#embed "../../Content/checks/gcp/cloudsql/customer-key.yaml"
};
static const unsigned char file499[] = {
#embed "../../Content/checks/gcp/cloudsql/deletion-protection.yaml"
};
static const unsigned char file500[] = {
#embed "../../Content/checks/gcp/cloudsql/high-availability.yaml"
};
static const unsigned char file501[] = {
#embed "../../Content/checks/gcp/cloudsql/mysql-iam-authentication.yaml"
};
static const unsigned char file502[] = {
#embed "../../Content/checks/gcp/cloudsql/mysql-local-infile.yaml"
};
static const unsigned char file503[] = {
#embed "../../Content/checks/gcp/cloudsql/mysql-skip-show-database.yaml"
};
static const unsigned char file504[] = {
#embed "../../Content/checks/gcp/cloudsql/no-public-address.yaml"
};
static const unsigned char file505[] = {
#embed "../../Content/checks/gcp/cloudsql/open-to-internet.yaml"
};
static const unsigned char file506[] = {
#embed "../../Content/checks/gcp/cloudsql/password-policy.yaml"
};
static const unsigned char file507[] = {
#embed "../../Content/checks/gcp/cloudsql/point-in-time-recovery.yaml"
};
static const unsigned char file508[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-iam-authentication.yaml"
};
static const unsigned char file509[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-connections.yaml"
};
static const unsigned char file510[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-disconnections.yaml"
};
static const unsigned char file511[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-error-verbosity.yaml"
};
static const unsigned char file512[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-lock-waits.yaml"
};
static const unsigned char file513[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-min-duration.yaml"
};
static const unsigned char file514[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-min-error-statement.yaml"
};
static const unsigned char file515[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-min-messages.yaml"
};
static const unsigned char file516[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-statement.yaml"
};
static const unsigned char file517[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-temp-files.yaml"
};
static const unsigned char file518[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-pgaudit.yaml"
};
static const unsigned char file519[] = {
#embed "../../Content/checks/gcp/cloudsql/require-tls.yaml"
};
static const unsigned char file520[] = {
#embed "../../Content/checks/gcp/cloudsql/server-certificate-expiry.yaml"
};
static const unsigned char file521[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-contained-authentication.yaml"
};
static const unsigned char file522[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-cross-db-ownership.yaml"
};
static const unsigned char file523[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-external-scripts.yaml"
};
static const unsigned char file524[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-remote-access.yaml"
};
static const unsigned char file525[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-trace-3625.yaml"
};
static const unsigned char file526[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-user-connections.yaml"
};
static const unsigned char file527[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-user-options.yaml"
};
static const unsigned char file528[] = {
#embed "../../Content/checks/gcp/cloudsql/stopped.yaml"
};
static const unsigned char file529[] = {
#embed "../../Content/checks/gcp/cloudsql/supported-version.yaml"
};
static const unsigned char file530[] = {
#embed "../../Content/checks/gcp/composer/customer-key.yaml"
};
static const unsigned char file531[] = {
#embed "../../Content/checks/gcp/composer/private.yaml"
};
static const unsigned char file532[] = {
#embed "../../Content/checks/gcp/composer/web-server.yaml"
};
static const unsigned char file533[] = {
#embed "../../Content/checks/gcp/compute/address-idle.yaml"
};
static const unsigned char file534[] = {
#embed "../../Content/checks/gcp/compute/automatic-restart.yaml"
};
static const unsigned char file535[] = {
#embed "../../Content/checks/gcp/compute/block-project-ssh-keys.yaml"
};
static const unsigned char file536[] = {
#embed "../../Content/checks/gcp/compute/confidential-computing.yaml"
};
static const unsigned char file537[] = {
#embed "../../Content/checks/gcp/compute/customer-keys.yaml"
};
static const unsigned char file538[] = {
#embed "../../Content/checks/gcp/compute/default-service-account-full-scope.yaml"
};
static const unsigned char file539[] = {
#embed "../../Content/checks/gcp/compute/default-service-account.yaml"
};
static const unsigned char file540[] = {
#embed "../../Content/checks/gcp/compute/deletion-protection.yaml"
};
static const unsigned char file541[] = {
#embed "../../Content/checks/gcp/compute/disk-customer-key.yaml"
};
static const unsigned char file542[] = {
#embed "../../Content/checks/gcp/compute/disk-unattached.yaml"
};
static const unsigned char file543[] = {
#embed "../../Content/checks/gcp/compute/global-address-idle.yaml"
};
static const unsigned char file544[] = {
#embed "../../Content/checks/gcp/compute/group-autohealing.yaml"
};
static const unsigned char file545[] = {
#embed "../../Content/checks/gcp/compute/group-zones.yaml"
};
static const unsigned char file546[] = {
#embed "../../Content/checks/gcp/compute/image-public.yaml"
};
static const unsigned char file547[] = {
#embed "../../Content/checks/gcp/compute/instance-stopped.yaml"
};
static const unsigned char file548[] = {
#embed "../../Content/checks/gcp/compute/ip-forwarding.yaml"
};
static const unsigned char file549[] = {
#embed "../../Content/checks/gcp/compute/live-migration.yaml"
};
static const unsigned char file550[] = {
#embed "../../Content/checks/gcp/compute/os-login-2fa.yaml"
};
static const unsigned char file551[] = {
#embed "../../Content/checks/gcp/compute/os-login-not-overridden.yaml"
};
static const unsigned char file552[] = {
#embed "../../Content/checks/gcp/compute/os-login.yaml"
};
static const unsigned char file553[] = {
#embed "../../Content/checks/gcp/compute/project-ssh-keys.yaml"
};
static const unsigned char file554[] = {
#embed "../../Content/checks/gcp/compute/public-address.yaml"
};
static const unsigned char file555[] = {
#embed "../../Content/checks/gcp/compute/region-disk-unattached.yaml"
};
static const unsigned char file556[] = {
#embed "../../Content/checks/gcp/compute/secrets-in-metadata.yaml"
};
static const unsigned char file557[] = {
#embed "../../Content/checks/gcp/compute/secure-boot.yaml"
};
static const unsigned char file558[] = {
#embed "../../Content/checks/gcp/compute/serial-port.yaml"
};
static const unsigned char file559[] = {
#embed "../../Content/checks/gcp/compute/shielded-vm.yaml"
};
static const unsigned char file560[] = {
#embed "../../Content/checks/gcp/compute/snapshot-age.yaml"
};
static const unsigned char file561[] = {
#embed "../../Content/checks/gcp/compute/snapshot-public.yaml"
};
static const unsigned char file562[] = {
#embed "../../Content/checks/gcp/dataflow/customer-key.yaml"
};
static const unsigned char file563[] = {
#embed "../../Content/checks/gcp/dataflow/private-workers.yaml"
};
static const unsigned char file564[] = {
#embed "../../Content/checks/gcp/datafusion/logging.yaml"
};
static const unsigned char file565[] = {
#embed "../../Content/checks/gcp/datafusion/private.yaml"
};
static const unsigned char file566[] = {
#embed "../../Content/checks/gcp/dataproc/customer-key.yaml"
};
static const unsigned char file567[] = {
#embed "../../Content/checks/gcp/dataproc/private.yaml"
};
static const unsigned char file568[] = {
#embed "../../Content/checks/gcp/dataproc/public.yaml"
};
static const unsigned char file569[] = {
#embed "../../Content/checks/gcp/dataproc/service-account.yaml"
};
static const unsigned char file570[] = {
#embed "../../Content/checks/gcp/dns/dnssec-key-signing.yaml"
};
static const unsigned char file571[] = {
#embed "../../Content/checks/gcp/dns/dnssec-zone-signing.yaml"
};
static const unsigned char file572[] = {
#embed "../../Content/checks/gcp/dns/dnssec.yaml"
};
static const unsigned char file573[] = {
#embed "../../Content/checks/gcp/dns/zone-logging.yaml"
};
static const unsigned char file574[] = {
#embed "../../Content/checks/gcp/essentialcontacts/organization.yaml"
};
static const unsigned char file575[] = {
#embed "../../Content/checks/gcp/filestore/customer-key.yaml"
};
static const unsigned char file576[] = {
#embed "../../Content/checks/gcp/filestore/deletion-protection.yaml"
};
static const unsigned char file577[] = {
#embed "../../Content/checks/gcp/filestore/export-options.yaml"
};
static const unsigned char file578[] = {
#embed "../../Content/checks/gcp/firestore/delete-protection.yaml"
};
static const unsigned char file579[] = {
#embed "../../Content/checks/gcp/firestore/point-in-time-recovery.yaml"
};
static const unsigned char file580[] = {
#embed "../../Content/checks/gcp/functions/https-only.yaml"
};
static const unsigned char file581[] = {
#embed "../../Content/checks/gcp/functions/ingress-v2.yaml"
};
static const unsigned char file582[] = {
#embed "../../Content/checks/gcp/functions/ingress.yaml"
};
static const unsigned char file583[] = {
#embed "../../Content/checks/gcp/functions/public.yaml"
};
static const unsigned char file584[] = {
#embed "../../Content/checks/gcp/functions/runtime-v2.yaml"
};
static const unsigned char file585[] = {
#embed "../../Content/checks/gcp/functions/runtime.yaml"
};
static const unsigned char file586[] = {
#embed "../../Content/checks/gcp/functions/secrets-in-environment-v2.yaml"
};
static const unsigned char file587[] = {
#embed "../../Content/checks/gcp/functions/secrets-in-environment.yaml"
};
static const unsigned char file588[] = {
#embed "../../Content/checks/gcp/functions/service-account-v2.yaml"
};
static const unsigned char file589[] = {
#embed "../../Content/checks/gcp/functions/service-account.yaml"
};
static const unsigned char file590[] = {
#embed "../../Content/checks/gcp/functions/vpc-v2.yaml"
};
static const unsigned char file591[] = {
#embed "../../Content/checks/gcp/functions/vpc.yaml"
};
static const unsigned char file592[] = {
#embed "../../Content/checks/gcp/gke/alpha-features.yaml"
};
static const unsigned char file593[] = {
#embed "../../Content/checks/gcp/gke/anonymous-bindings.yaml"
};
static const unsigned char file594[] = {
#embed "../../Content/checks/gcp/gke/anonymous-requests.yaml"
};
static const unsigned char file595[] = {
#embed "../../Content/checks/gcp/gke/backup-agent.yaml"
};
static const unsigned char file596[] = {
#embed "../../Content/checks/gcp/gke/basic-authentication.yaml"
};
static const unsigned char file597[] = {
#embed "../../Content/checks/gcp/gke/binary-authorization.yaml"
};
static const unsigned char file598[] = {
#embed "../../Content/checks/gcp/gke/client-certificate.yaml"
};
static const unsigned char file599[] = {
#embed "../../Content/checks/gcp/gke/control-plane-access.yaml"
};
static const unsigned char file600[] = {
#embed "../../Content/checks/gcp/gke/dashboard.yaml"
};
static const unsigned char file601[] = {
#embed "../../Content/checks/gcp/gke/intranode-visibility.yaml"
};
static const unsigned char file602[] = {
#embed "../../Content/checks/gcp/gke/kubelet-read-only-port.yaml"
};
static const unsigned char file603[] = {
#embed "../../Content/checks/gcp/gke/legacy-abac.yaml"
};
static const unsigned char file604[] = {
#embed "../../Content/checks/gcp/gke/logging.yaml"
};
static const unsigned char file605[] = {
#embed "../../Content/checks/gcp/gke/monitoring.yaml"
};
static const unsigned char file606[] = {
#embed "../../Content/checks/gcp/gke/network-policy.yaml"
};
static const unsigned char file607[] = {
#embed "../../Content/checks/gcp/gke/node-auto-repair.yaml"
};
static const unsigned char file608[] = {
#embed "../../Content/checks/gcp/gke/node-auto-upgrade.yaml"
};
static const unsigned char file609[] = {
#embed "../../Content/checks/gcp/gke/node-disk-key.yaml"
};
static const unsigned char file610[] = {
#embed "../../Content/checks/gcp/gke/node-image.yaml"
};
static const unsigned char file611[] = {
#embed "../../Content/checks/gcp/gke/node-integrity.yaml"
};
static const unsigned char file612[] = {
#embed "../../Content/checks/gcp/gke/node-legacy-metadata.yaml"
};
static const unsigned char file613[] = {
#embed "../../Content/checks/gcp/gke/node-metadata.yaml"
};
static const unsigned char file614[] = {
#embed "../../Content/checks/gcp/gke/node-secure-boot.yaml"
};
static const unsigned char file615[] = {
#embed "../../Content/checks/gcp/gke/node-service-account.yaml"
};
static const unsigned char file616[] = {
#embed "../../Content/checks/gcp/gke/private-nodes.yaml"
};
static const unsigned char file617[] = {
#embed "../../Content/checks/gcp/gke/rbac-groups.yaml"
};
static const unsigned char file618[] = {
#embed "../../Content/checks/gcp/gke/release-channel.yaml"
};
static const unsigned char file619[] = {
#embed "../../Content/checks/gcp/gke/secrets-encryption.yaml"
};
static const unsigned char file620[] = {
#embed "../../Content/checks/gcp/gke/security-posture.yaml"
};
static const unsigned char file621[] = {
#embed "../../Content/checks/gcp/gke/shielded-nodes.yaml"
};
static const unsigned char file622[] = {
#embed "../../Content/checks/gcp/gke/vpc-native.yaml"
};
static const unsigned char file623[] = {
#embed "../../Content/checks/gcp/gke/workload-identity.yaml"
};
static const unsigned char file624[] = {
#embed "../../Content/checks/gcp/iam/audit-logs.yaml"
};
static const unsigned char file625[] = {
#embed "../../Content/checks/gcp/iam/basic-roles-folder.yaml"
};
static const unsigned char file626[] = {
#embed "../../Content/checks/gcp/iam/basic-roles-organization.yaml"
};
static const unsigned char file627[] = {
#embed "../../Content/checks/gcp/iam/basic-roles-project.yaml"
};
static const unsigned char file628[] = {
#embed "../../Content/checks/gcp/iam/custom-role-escalation.yaml"
};
static const unsigned char file629[] = {
#embed "../../Content/checks/gcp/iam/default-service-account-editor.yaml"
};
static const unsigned char file630[] = {
#embed "../../Content/checks/gcp/iam/deleted-members.yaml"
};
static const unsigned char file631[] = {
#embed "../../Content/checks/gcp/iam/impersonation-folder.yaml"
};
static const unsigned char file632[] = {
#embed "../../Content/checks/gcp/iam/impersonation-organization.yaml"
};
static const unsigned char file633[] = {
#embed "../../Content/checks/gcp/iam/key-age.yaml"
};
static const unsigned char file634[] = {
#embed "../../Content/checks/gcp/iam/key-used.yaml"
};
static const unsigned char file635[] = {
#embed "../../Content/checks/gcp/iam/no-user-managed-keys.yaml"
};
static const unsigned char file636[] = {
#embed "../../Content/checks/gcp/iam/org-admin-service-account.yaml"
};
static const unsigned char file637[] = {
#embed "../../Content/checks/gcp/iam/private-mail-accounts-organization.yaml"
};
static const unsigned char file638[] = {
#embed "../../Content/checks/gcp/iam/private-mail-accounts-project.yaml"
};
static const unsigned char file639[] = {
#embed "../../Content/checks/gcp/iam/public-folder.yaml"
};
static const unsigned char file640[] = {
#embed "../../Content/checks/gcp/iam/public-organization.yaml"
};
static const unsigned char file641[] = {
#embed "../../Content/checks/gcp/iam/public-project.yaml"
};
static const unsigned char file642[] = {
#embed "../../Content/checks/gcp/iam/separate-service-account-duties.yaml"
};
static const unsigned char file643[] = {
#embed "../../Content/checks/gcp/iam/service-account-admin.yaml"
};
static const unsigned char file644[] = {
#embed "../../Content/checks/gcp/iam/service-account-public.yaml"
};
static const unsigned char file645[] = {
#embed "../../Content/checks/gcp/iam/service-account-roles-project.yaml"
};
static const unsigned char file646[] = {
#embed "../../Content/checks/gcp/iam/service-account-used.yaml"
};
static const unsigned char file647[] = {
#embed "../../Content/checks/gcp/iam/workload-identity-condition.yaml"
};
static const unsigned char file648[] = {
#embed "../../Content/checks/gcp/iam/workload-identity-whole-pool.yaml"
};
static const unsigned char file649[] = {
#embed "../../Content/checks/gcp/kms/destroy-delay.yaml"
};
static const unsigned char file650[] = {
#embed "../../Content/checks/gcp/kms/key-public.yaml"
};
static const unsigned char file651[] = {
#embed "../../Content/checks/gcp/kms/ring-public.yaml"
};
static const unsigned char file652[] = {
#embed "../../Content/checks/gcp/kms/rotation-90-days.yaml"
};
static const unsigned char file653[] = {
#embed "../../Content/checks/gcp/kms/rotation-enabled.yaml"
};
static const unsigned char file654[] = {
#embed "../../Content/checks/gcp/kms/separate-duties.yaml"
};
static const unsigned char file655[] = {
#embed "../../Content/checks/gcp/loadbalancing/armor-adaptive.yaml"
};
static const unsigned char file656[] = {
#embed "../../Content/checks/gcp/loadbalancing/certificate-expiry.yaml"
};
static const unsigned char file657[] = {
#embed "../../Content/checks/gcp/loadbalancing/cloud-armor.yaml"
};
static const unsigned char file658[] = {
#embed "../../Content/checks/gcp/loadbalancing/https-ciphers.yaml"
};
static const unsigned char file659[] = {
#embed "../../Content/checks/gcp/loadbalancing/https-redirect.yaml"
};
static const unsigned char file660[] = {
#embed "../../Content/checks/gcp/loadbalancing/idle-backend-service.yaml"
};
static const unsigned char file661[] = {
#embed "../../Content/checks/gcp/loadbalancing/logging.yaml"
};
static const unsigned char file662[] = {
#embed "../../Content/checks/gcp/loadbalancing/regional-cloud-armor.yaml"
};
static const unsigned char file663[] = {
#embed "../../Content/checks/gcp/loadbalancing/regional-logging.yaml"
};
static const unsigned char file664[] = {
#embed "../../Content/checks/gcp/loadbalancing/ssl-policy-floor.yaml"
};
static const unsigned char file665[] = {
#embed "../../Content/checks/gcp/loadbalancing/ssl-proxy-ciphers.yaml"
};
static const unsigned char file666[] = {
#embed "../../Content/checks/gcp/logging/audit-config-changes.yaml"
};
static const unsigned char file667[] = {
#embed "../../Content/checks/gcp/logging/bucket-key.yaml"
};
static const unsigned char file668[] = {
#embed "../../Content/checks/gcp/logging/bucket-locked.yaml"
};
static const unsigned char file669[] = {
#embed "../../Content/checks/gcp/logging/bucket-permission-changes.yaml"
};
static const unsigned char file670[] = {
#embed "../../Content/checks/gcp/logging/bucket-retention.yaml"
};
static const unsigned char file671[] = {
#embed "../../Content/checks/gcp/logging/compute-changes.yaml"
};
static const unsigned char file672[] = {
#embed "../../Content/checks/gcp/logging/custom-role-changes.yaml"
};
static const unsigned char file673[] = {
#embed "../../Content/checks/gcp/logging/default-sink.yaml"
};
static const unsigned char file674[] = {
#embed "../../Content/checks/gcp/logging/firewall-changes.yaml"
};
static const unsigned char file675[] = {
#embed "../../Content/checks/gcp/logging/key-changes.yaml"
};
static const unsigned char file676[] = {
#embed "../../Content/checks/gcp/logging/network-changes.yaml"
};
static const unsigned char file677[] = {
#embed "../../Content/checks/gcp/logging/owner-changes.yaml"
};
static const unsigned char file678[] = {
#embed "../../Content/checks/gcp/logging/route-changes.yaml"
};
static const unsigned char file679[] = {
#embed "../../Content/checks/gcp/logging/sink-for-everything.yaml"
};
static const unsigned char file680[] = {
#embed "../../Content/checks/gcp/logging/sql-changes.yaml"
};
static const unsigned char file681[] = {
#embed "../../Content/checks/gcp/orgpolicy/locations.yaml"
};
static const unsigned char file682[] = {
#embed "../../Content/checks/gcp/orgpolicy/member-domains.yaml"
};
static const unsigned char file683[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-default-grants.yaml"
};
static const unsigned char file684[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-default-network.yaml"
};
static const unsigned char file685[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-external-addresses.yaml"
};
static const unsigned char file686[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-key-upload.yaml"
};
static const unsigned char file687[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-public-buckets.yaml"
};
static const unsigned char file688[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-public-sql.yaml"
};
static const unsigned char file689[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-serial-port.yaml"
};
static const unsigned char file690[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-service-account-keys.yaml"
};
static const unsigned char file691[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-sql-networks.yaml"
};
static const unsigned char file692[] = {
#embed "../../Content/checks/gcp/orgpolicy/os-login.yaml"
};
static const unsigned char file693[] = {
#embed "../../Content/checks/gcp/orgpolicy/shielded-vm.yaml"
};
static const unsigned char file694[] = {
#embed "../../Content/checks/gcp/orgpolicy/tls-floor.yaml"
};
static const unsigned char file695[] = {
#embed "../../Content/checks/gcp/orgpolicy/uniform-buckets.yaml"
};
static const unsigned char file696[] = {
#embed "../../Content/checks/gcp/orgpolicy/workload-identity-providers.yaml"
};
static const unsigned char file697[] = {
#embed "../../Content/checks/gcp/pubsub/dead-letters.yaml"
};
static const unsigned char file698[] = {
#embed "../../Content/checks/gcp/pubsub/push-authenticated.yaml"
};
static const unsigned char file699[] = {
#embed "../../Content/checks/gcp/pubsub/subscription-public.yaml"
};
static const unsigned char file700[] = {
#embed "../../Content/checks/gcp/pubsub/topic-key.yaml"
};
static const unsigned char file701[] = {
#embed "../../Content/checks/gcp/pubsub/topic-of-subscription.yaml"
};
static const unsigned char file702[] = {
#embed "../../Content/checks/gcp/pubsub/topic-public.yaml"
};
static const unsigned char file703[] = {
#embed "../../Content/checks/gcp/redis/auth.yaml"
};
static const unsigned char file704[] = {
#embed "../../Content/checks/gcp/redis/availability.yaml"
};
static const unsigned char file705[] = {
#embed "../../Content/checks/gcp/redis/cluster-auth.yaml"
};
static const unsigned char file706[] = {
#embed "../../Content/checks/gcp/redis/cluster-tls.yaml"
};
static const unsigned char file707[] = {
#embed "../../Content/checks/gcp/redis/customer-key.yaml"
};
static const unsigned char file708[] = {
#embed "../../Content/checks/gcp/redis/tls.yaml"
};
static const unsigned char file709[] = {
#embed "../../Content/checks/gcp/run/binary-authorization.yaml"
};
static const unsigned char file710[] = {
#embed "../../Content/checks/gcp/run/customer-key.yaml"
};
static const unsigned char file711[] = {
#embed "../../Content/checks/gcp/run/ingress.yaml"
};
static const unsigned char file712[] = {
#embed "../../Content/checks/gcp/run/job-service-account.yaml"
};
static const unsigned char file713[] = {
#embed "../../Content/checks/gcp/run/public.yaml"
};
static const unsigned char file714[] = {
#embed "../../Content/checks/gcp/run/secrets-in-environment.yaml"
};
static const unsigned char file715[] = {
#embed "../../Content/checks/gcp/run/service-account.yaml"
};
static const unsigned char file716[] = {
#embed "../../Content/checks/gcp/secretmanager/customer-key.yaml"
};
static const unsigned char file717[] = {
#embed "../../Content/checks/gcp/secretmanager/public.yaml"
};
static const unsigned char file718[] = {
#embed "../../Content/checks/gcp/secretmanager/rotation-overdue.yaml"
};
static const unsigned char file719[] = {
#embed "../../Content/checks/gcp/secretmanager/rotation.yaml"
};
static const unsigned char file720[] = {
#embed "../../Content/checks/gcp/serviceusage/asset-inventory.yaml"
};
static const unsigned char file721[] = {
#embed "../../Content/checks/gcp/serviceusage/container-analysis.yaml"
};
static const unsigned char file722[] = {
#embed "../../Content/checks/gcp/serviceusage/container-scanning.yaml"
};
static const unsigned char file723[] = {
#embed "../../Content/checks/gcp/spanner/database-key.yaml"
};
static const unsigned char file724[] = {
#embed "../../Content/checks/gcp/spanner/drop-protection.yaml"
};
static const unsigned char file725[] = {
#embed "../../Content/checks/gcp/storage/access-logs.yaml"
};
static const unsigned char file726[] = {
#embed "../../Content/checks/gcp/storage/acl-public.yaml"
};
static const unsigned char file727[] = {
#embed "../../Content/checks/gcp/storage/cors-wildcard.yaml"
};
static const unsigned char file728[] = {
#embed "../../Content/checks/gcp/storage/customer-key.yaml"
};
static const unsigned char file729[] = {
#embed "../../Content/checks/gcp/storage/default-acl-public.yaml"
};
static const unsigned char file730[] = {
#embed "../../Content/checks/gcp/storage/lifecycle.yaml"
};
static const unsigned char file731[] = {
#embed "../../Content/checks/gcp/storage/log-bucket-locked.yaml"
};
static const unsigned char file732[] = {
#embed "../../Content/checks/gcp/storage/public-access-prevention.yaml"
};
static const unsigned char file733[] = {
#embed "../../Content/checks/gcp/storage/public-access.yaml"
};
static const unsigned char file734[] = {
#embed "../../Content/checks/gcp/storage/retention-period.yaml"
};
static const unsigned char file735[] = {
#embed "../../Content/checks/gcp/storage/soft-delete.yaml"
};
static const unsigned char file736[] = {
#embed "../../Content/checks/gcp/storage/uniform-access.yaml"
};
static const unsigned char file737[] = {
#embed "../../Content/checks/gcp/storage/usage-logs.yaml"
};
static const unsigned char file738[] = {
#embed "../../Content/checks/gcp/storage/versioning.yaml"
};
static const unsigned char file739[] = {
#embed "../../Content/checks/gcp/vertexai/colab-idle.yaml"
};
static const unsigned char file740[] = {
#embed "../../Content/checks/gcp/vertexai/colab-internet.yaml"
};
static const unsigned char file741[] = {
#embed "../../Content/checks/gcp/vertexai/colab-secure-boot.yaml"
};
static const unsigned char file742[] = {
#embed "../../Content/checks/gcp/vertexai/dataset-key.yaml"
};
static const unsigned char file743[] = {
#embed "../../Content/checks/gcp/vertexai/endpoint-key.yaml"
};
static const unsigned char file744[] = {
#embed "../../Content/checks/gcp/vertexai/endpoint-private.yaml"
};
static const unsigned char file745[] = {
#embed "../../Content/checks/gcp/vertexai/model-key.yaml"
};
static const unsigned char file746[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-download.yaml"
};
static const unsigned char file747[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-private.yaml"
};
static const unsigned char file748[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-root.yaml"
};
static const unsigned char file749[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-shielded.yaml"
};
static const unsigned char file750[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-terminal.yaml"
};
static const unsigned char file751[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-upgrades.yaml"
};
static const unsigned char file752[] = {
#embed "../../Content/checks/gcp/vpc/all-ports-open-to-internet.yaml"
};
static const unsigned char file753[] = {
#embed "../../Content/checks/gcp/vpc/auto-mode-network.yaml"
};
static const unsigned char file754[] = {
#embed "../../Content/checks/gcp/vpc/cassandra-open-to-internet.yaml"
};
static const unsigned char file755[] = {
#embed "../../Content/checks/gcp/vpc/default-network.yaml"
};
static const unsigned char file756[] = {
#embed "../../Content/checks/gcp/vpc/dns-logging.yaml"
};
static const unsigned char file757[] = {
#embed "../../Content/checks/gcp/vpc/dns-open-to-internet.yaml"
};
static const unsigned char file758[] = {
#embed "../../Content/checks/gcp/vpc/docker-open-to-internet.yaml"
};
static const unsigned char file759[] = {
#embed "../../Content/checks/gcp/vpc/elasticsearch-open-to-internet.yaml"
};
static const unsigned char file760[] = {
#embed "../../Content/checks/gcp/vpc/firewall-logging.yaml"
};
static const unsigned char file761[] = {
#embed "../../Content/checks/gcp/vpc/flow-logs-complete.yaml"
};
static const unsigned char file762[] = {
#embed "../../Content/checks/gcp/vpc/flow-logs.yaml"
};
static const unsigned char file763[] = {
#embed "../../Content/checks/gcp/vpc/ftp-open-to-internet.yaml"
};
static const unsigned char file764[] = {
#embed "../../Content/checks/gcp/vpc/kubernetes-open-to-internet.yaml"
};
static const unsigned char file765[] = {
#embed "../../Content/checks/gcp/vpc/ldap-open-to-internet.yaml"
};
static const unsigned char file766[] = {
#embed "../../Content/checks/gcp/vpc/legacy-network.yaml"
};
static const unsigned char file767[] = {
#embed "../../Content/checks/gcp/vpc/memcached-open-to-internet.yaml"
};
static const unsigned char file768[] = {
#embed "../../Content/checks/gcp/vpc/mongodb-open-to-internet.yaml"
};
static const unsigned char file769[] = {
#embed "../../Content/checks/gcp/vpc/mysql-open-to-internet.yaml"
};
static const unsigned char file770[] = {
#embed "../../Content/checks/gcp/vpc/nat-logging.yaml"
};
static const unsigned char file771[] = {
#embed "../../Content/checks/gcp/vpc/netbios-snmp-open-to-internet.yaml"
};
static const unsigned char file772[] = {
#embed "../../Content/checks/gcp/vpc/oracle-open-to-internet.yaml"
};
static const unsigned char file773[] = {
#embed "../../Content/checks/gcp/vpc/policy-admin-ports.yaml"
};
static const unsigned char file774[] = {
#embed "../../Content/checks/gcp/vpc/postgresql-open-to-internet.yaml"
};
static const unsigned char file775[] = {
#embed "../../Content/checks/gcp/vpc/private-google-access.yaml"
};
static const unsigned char file776[] = {
#embed "../../Content/checks/gcp/vpc/rdp-open-to-internet.yaml"
};
static const unsigned char file777[] = {
#embed "../../Content/checks/gcp/vpc/redis-open-to-internet.yaml"
};
static const unsigned char file778[] = {
#embed "../../Content/checks/gcp/vpc/smb-open-to-internet.yaml"
};
static const unsigned char file779[] = {
#embed "../../Content/checks/gcp/vpc/smtp-open-to-internet.yaml"
};
static const unsigned char file780[] = {
#embed "../../Content/checks/gcp/vpc/sqlserver-open-to-internet.yaml"
};
static const unsigned char file781[] = {
#embed "../../Content/checks/gcp/vpc/ssh-open-to-internet.yaml"
};
static const unsigned char file782[] = {
#embed "../../Content/checks/gcp/vpc/telnet-open-to-internet.yaml"
};
static const unsigned char file783[] = {
#embed "../../Content/checks/gcp/vpc/vnc-open-to-internet.yaml"
};
static const unsigned char file784[] = {
#embed "../../Content/checks/gcp/vpc/vpn-ike.yaml"
};
static const unsigned char file785[] = {
#embed "../../Content/checks/gcp/vpc/winrm-open-to-internet.yaml"
};
static const unsigned char file786[] = {
#embed "../../Content/collectors/aws/accessanalyzer.yaml"
};
static const unsigned char file787[] = {
#embed "../../Content/collectors/aws/account.yaml"
};
static const unsigned char file788[] = {
#embed "../../Content/collectors/aws/acm.yaml"
};
static const unsigned char file789[] = {
#embed "../../Content/collectors/aws/apigateway.yaml"
};
static const unsigned char file790[] = {
#embed "../../Content/collectors/aws/apigatewayv2.yaml"
};
static const unsigned char file791[] = {
#embed "../../Content/collectors/aws/athena.yaml"
};
static const unsigned char file792[] = {
#embed "../../Content/collectors/aws/autoscaling.yaml"
};
static const unsigned char file793[] = {
#embed "../../Content/collectors/aws/backup.yaml"
};
static const unsigned char file794[] = {
#embed "../../Content/collectors/aws/bedrock-agent.yaml"
};
static const unsigned char file795[] = {
#embed "../../Content/collectors/aws/bedrock.yaml"
};
static const unsigned char file796[] = {
#embed "../../Content/collectors/aws/cloudformation.yaml"
};
static const unsigned char file797[] = {
#embed "../../Content/collectors/aws/cloudfront.yaml"
};
static const unsigned char file798[] = {
#embed "../../Content/collectors/aws/cloudtrail.yaml"
};
static const unsigned char file799[] = {
#embed "../../Content/collectors/aws/cloudwatch.yaml"
};
static const unsigned char file800[] = {
#embed "../../Content/collectors/aws/codebuild.yaml"
};
static const unsigned char file801[] = {
#embed "../../Content/collectors/aws/cognito-identity.yaml"
};
static const unsigned char file802[] = {
#embed "../../Content/collectors/aws/cognito-idp.yaml"
};
static const unsigned char file803[] = {
#embed "../../Content/collectors/aws/config.yaml"
};
static const unsigned char file804[] = {
#embed "../../Content/collectors/aws/dms.yaml"
};
static const unsigned char file805[] = {
#embed "../../Content/collectors/aws/docdb.yaml"
};
static const unsigned char file806[] = {
#embed "../../Content/collectors/aws/dynamodb.yaml"
};
static const unsigned char file807[] = {
#embed "../../Content/collectors/aws/ec2.yaml"
};
static const unsigned char file808[] = {
#embed "../../Content/collectors/aws/ecr.yaml"
};
static const unsigned char file809[] = {
#embed "../../Content/collectors/aws/ecs.yaml"
};
static const unsigned char file810[] = {
#embed "../../Content/collectors/aws/efs.yaml"
};
static const unsigned char file811[] = {
#embed "../../Content/collectors/aws/eks.yaml"
};
static const unsigned char file812[] = {
#embed "../../Content/collectors/aws/elasticache.yaml"
};
static const unsigned char file813[] = {
#embed "../../Content/collectors/aws/elasticbeanstalk.yaml"
};
static const unsigned char file814[] = {
#embed "../../Content/collectors/aws/elb.yaml"
};
static const unsigned char file815[] = {
#embed "../../Content/collectors/aws/elbv2.yaml"
};
static const unsigned char file816[] = {
#embed "../../Content/collectors/aws/emr.yaml"
};
static const unsigned char file817[] = {
#embed "../../Content/collectors/aws/events.yaml"
};
static const unsigned char file818[] = {
#embed "../../Content/collectors/aws/firehose.yaml"
};
static const unsigned char file819[] = {
#embed "../../Content/collectors/aws/fsx.yaml"
};
static const unsigned char file820[] = {
#embed "../../Content/collectors/aws/glue.yaml"
};
static const unsigned char file821[] = {
#embed "../../Content/collectors/aws/guardduty.yaml"
};
static const unsigned char file822[] = {
#embed "../../Content/collectors/aws/iam.yaml"
};
static const unsigned char file823[] = {
#embed "../../Content/collectors/aws/inspector2.yaml"
};
static const unsigned char file824[] = {
#embed "../../Content/collectors/aws/kafka.yaml"
};
static const unsigned char file825[] = {
#embed "../../Content/collectors/aws/kinesis.yaml"
};
static const unsigned char file826[] = {
#embed "../../Content/collectors/aws/kms.yaml"
};
static const unsigned char file827[] = {
#embed "../../Content/collectors/aws/lambda.yaml"
};
static const unsigned char file828[] = {
#embed "../../Content/collectors/aws/lightsail.yaml"
};
static const unsigned char file829[] = {
#embed "../../Content/collectors/aws/logs.yaml"
};
static const unsigned char file830[] = {
#embed "../../Content/collectors/aws/macie2.yaml"
};
static const unsigned char file831[] = {
#embed "../../Content/collectors/aws/memorydb.yaml"
};
static const unsigned char file832[] = {
#embed "../../Content/collectors/aws/mq.yaml"
};
static const unsigned char file833[] = {
#embed "../../Content/collectors/aws/neptune.yaml"
};
static const unsigned char file834[] = {
#embed "../../Content/collectors/aws/network-firewall.yaml"
};
static const unsigned char file835[] = {
#embed "../../Content/collectors/aws/opensearch.yaml"
};
static const unsigned char file836[] = {
#embed "../../Content/collectors/aws/operations/accessanalyzer.json"
};
static const unsigned char file837[] = {
#embed "../../Content/collectors/aws/operations/account.json"
};
static const unsigned char file838[] = {
#embed "../../Content/collectors/aws/operations/acm.json"
};
static const unsigned char file839[] = {
#embed "../../Content/collectors/aws/operations/apigateway.json"
};
static const unsigned char file840[] = {
#embed "../../Content/collectors/aws/operations/apigatewayv2.json"
};
static const unsigned char file841[] = {
#embed "../../Content/collectors/aws/operations/athena.json"
};
static const unsigned char file842[] = {
#embed "../../Content/collectors/aws/operations/autoscaling.json"
};
static const unsigned char file843[] = {
#embed "../../Content/collectors/aws/operations/backup.json"
};
static const unsigned char file844[] = {
#embed "../../Content/collectors/aws/operations/bedrock-agent.json"
};
static const unsigned char file845[] = {
#embed "../../Content/collectors/aws/operations/bedrock.json"
};
static const unsigned char file846[] = {
#embed "../../Content/collectors/aws/operations/cloudformation.json"
};
static const unsigned char file847[] = {
#embed "../../Content/collectors/aws/operations/cloudfront.json"
};
static const unsigned char file848[] = {
#embed "../../Content/collectors/aws/operations/cloudtrail.json"
};
static const unsigned char file849[] = {
#embed "../../Content/collectors/aws/operations/cloudwatch.json"
};
static const unsigned char file850[] = {
#embed "../../Content/collectors/aws/operations/codebuild.json"
};
static const unsigned char file851[] = {
#embed "../../Content/collectors/aws/operations/cognito-identity.json"
};
static const unsigned char file852[] = {
#embed "../../Content/collectors/aws/operations/cognito-idp.json"
};
static const unsigned char file853[] = {
#embed "../../Content/collectors/aws/operations/config.json"
};
static const unsigned char file854[] = {
#embed "../../Content/collectors/aws/operations/dms.json"
};
static const unsigned char file855[] = {
#embed "../../Content/collectors/aws/operations/docdb.json"
};
static const unsigned char file856[] = {
#embed "../../Content/collectors/aws/operations/dynamodb.json"
};
static const unsigned char file857[] = {
#embed "../../Content/collectors/aws/operations/ec2.json"
};
static const unsigned char file858[] = {
#embed "../../Content/collectors/aws/operations/ecr.json"
};
static const unsigned char file859[] = {
#embed "../../Content/collectors/aws/operations/ecs.json"
};
static const unsigned char file860[] = {
#embed "../../Content/collectors/aws/operations/efs.json"
};
static const unsigned char file861[] = {
#embed "../../Content/collectors/aws/operations/eks.json"
};
static const unsigned char file862[] = {
#embed "../../Content/collectors/aws/operations/elasticache.json"
};
static const unsigned char file863[] = {
#embed "../../Content/collectors/aws/operations/elasticbeanstalk.json"
};
static const unsigned char file864[] = {
#embed "../../Content/collectors/aws/operations/elb.json"
};
static const unsigned char file865[] = {
#embed "../../Content/collectors/aws/operations/elbv2.json"
};
static const unsigned char file866[] = {
#embed "../../Content/collectors/aws/operations/emr.json"
};
static const unsigned char file867[] = {
#embed "../../Content/collectors/aws/operations/events.json"
};
static const unsigned char file868[] = {
#embed "../../Content/collectors/aws/operations/firehose.json"
};
static const unsigned char file869[] = {
#embed "../../Content/collectors/aws/operations/fsx.json"
};
static const unsigned char file870[] = {
#embed "../../Content/collectors/aws/operations/glue.json"
};
static const unsigned char file871[] = {
#embed "../../Content/collectors/aws/operations/guardduty.json"
};
static const unsigned char file872[] = {
#embed "../../Content/collectors/aws/operations/iam.json"
};
static const unsigned char file873[] = {
#embed "../../Content/collectors/aws/operations/inspector2.json"
};
static const unsigned char file874[] = {
#embed "../../Content/collectors/aws/operations/kafka.json"
};
static const unsigned char file875[] = {
#embed "../../Content/collectors/aws/operations/kinesis.json"
};
static const unsigned char file876[] = {
#embed "../../Content/collectors/aws/operations/kms.json"
};
static const unsigned char file877[] = {
#embed "../../Content/collectors/aws/operations/lambda.json"
};
static const unsigned char file878[] = {
#embed "../../Content/collectors/aws/operations/lightsail.json"
};
static const unsigned char file879[] = {
#embed "../../Content/collectors/aws/operations/logs.json"
};
static const unsigned char file880[] = {
#embed "../../Content/collectors/aws/operations/macie2.json"
};
static const unsigned char file881[] = {
#embed "../../Content/collectors/aws/operations/memorydb.json"
};
static const unsigned char file882[] = {
#embed "../../Content/collectors/aws/operations/mq.json"
};
static const unsigned char file883[] = {
#embed "../../Content/collectors/aws/operations/neptune.json"
};
static const unsigned char file884[] = {
#embed "../../Content/collectors/aws/operations/network-firewall.json"
};
static const unsigned char file885[] = {
#embed "../../Content/collectors/aws/operations/opensearch.json"
};
static const unsigned char file886[] = {
#embed "../../Content/collectors/aws/operations/organizations.json"
};
static const unsigned char file887[] = {
#embed "../../Content/collectors/aws/operations/rds.json"
};
static const unsigned char file888[] = {
#embed "../../Content/collectors/aws/operations/redshift.json"
};
static const unsigned char file889[] = {
#embed "../../Content/collectors/aws/operations/route53.json"
};
static const unsigned char file890[] = {
#embed "../../Content/collectors/aws/operations/route53domains.json"
};
static const unsigned char file891[] = {
#embed "../../Content/collectors/aws/operations/s3.json"
};
static const unsigned char file892[] = {
#embed "../../Content/collectors/aws/operations/s3control.json"
};
static const unsigned char file893[] = {
#embed "../../Content/collectors/aws/operations/sagemaker.json"
};
static const unsigned char file894[] = {
#embed "../../Content/collectors/aws/operations/secretsmanager.json"
};
static const unsigned char file895[] = {
#embed "../../Content/collectors/aws/operations/securityhub.json"
};
static const unsigned char file896[] = {
#embed "../../Content/collectors/aws/operations/ses.json"
};
static const unsigned char file897[] = {
#embed "../../Content/collectors/aws/operations/sesv2.json"
};
static const unsigned char file898[] = {
#embed "../../Content/collectors/aws/operations/shield.json"
};
static const unsigned char file899[] = {
#embed "../../Content/collectors/aws/operations/sns.json"
};
static const unsigned char file900[] = {
#embed "../../Content/collectors/aws/operations/sqs.json"
};
static const unsigned char file901[] = {
#embed "../../Content/collectors/aws/operations/ssm.json"
};
static const unsigned char file902[] = {
#embed "../../Content/collectors/aws/operations/stepfunctions.json"
};
static const unsigned char file903[] = {
#embed "../../Content/collectors/aws/operations/sts.json"
};
static const unsigned char file904[] = {
#embed "../../Content/collectors/aws/operations/transfer.json"
};
static const unsigned char file905[] = {
#embed "../../Content/collectors/aws/operations/wafv2.json"
};
static const unsigned char file906[] = {
#embed "../../Content/collectors/aws/operations/workspaces.json"
};
static const unsigned char file907[] = {
#embed "../../Content/collectors/aws/organizations.yaml"
};
static const unsigned char file908[] = {
#embed "../../Content/collectors/aws/rds.yaml"
};
static const unsigned char file909[] = {
#embed "../../Content/collectors/aws/redshift.yaml"
};
static const unsigned char file910[] = {
#embed "../../Content/collectors/aws/route53.yaml"
};
static const unsigned char file911[] = {
#embed "../../Content/collectors/aws/route53domains.yaml"
};
static const unsigned char file912[] = {
#embed "../../Content/collectors/aws/s3.yaml"
};
static const unsigned char file913[] = {
#embed "../../Content/collectors/aws/s3control.yaml"
};
static const unsigned char file914[] = {
#embed "../../Content/collectors/aws/sagemaker.yaml"
};
static const unsigned char file915[] = {
#embed "../../Content/collectors/aws/secretsmanager.yaml"
};
static const unsigned char file916[] = {
#embed "../../Content/collectors/aws/securityhub.yaml"
};
static const unsigned char file917[] = {
#embed "../../Content/collectors/aws/ses.yaml"
};
static const unsigned char file918[] = {
#embed "../../Content/collectors/aws/sesv2.yaml"
};
static const unsigned char file919[] = {
#embed "../../Content/collectors/aws/shield.yaml"
};
static const unsigned char file920[] = {
#embed "../../Content/collectors/aws/sns.yaml"
};
static const unsigned char file921[] = {
#embed "../../Content/collectors/aws/sqs.yaml"
};
static const unsigned char file922[] = {
#embed "../../Content/collectors/aws/ssm.yaml"
};
static const unsigned char file923[] = {
#embed "../../Content/collectors/aws/stepfunctions.yaml"
};
static const unsigned char file924[] = {
#embed "../../Content/collectors/aws/transfer.yaml"
};
static const unsigned char file925[] = {
#embed "../../Content/collectors/aws/wafv2.yaml"
};
static const unsigned char file926[] = {
#embed "../../Content/collectors/aws/workspaces.yaml"
};
static const unsigned char file927[] = {
#embed "../../Content/collectors/azure/analytics.yaml"
};
static const unsigned char file928[] = {
#embed "../../Content/collectors/azure/authorization.yaml"
};
static const unsigned char file929[] = {
#embed "../../Content/collectors/azure/backup.yaml"
};
static const unsigned char file930[] = {
#embed "../../Content/collectors/azure/compute.yaml"
};
static const unsigned char file931[] = {
#embed "../../Content/collectors/azure/databases.yaml"
};
static const unsigned char file932[] = {
#embed "../../Content/collectors/azure/graph.yaml"
};
static const unsigned char file933[] = {
#embed "../../Content/collectors/azure/insights.yaml"
};
static const unsigned char file934[] = {
#embed "../../Content/collectors/azure/keyvault.yaml"
};
static const unsigned char file935[] = {
#embed "../../Content/collectors/azure/network.yaml"
};
static const unsigned char file936[] = {
#embed "../../Content/collectors/azure/privateendpoints.yaml"
};
static const unsigned char file937[] = {
#embed "../../Content/collectors/azure/security.yaml"
};
static const unsigned char file938[] = {
#embed "../../Content/collectors/azure/sql.yaml"
};
static const unsigned char file939[] = {
#embed "../../Content/collectors/azure/storage.yaml"
};
static const unsigned char file940[] = {
#embed "../../Content/collectors/azure/web.yaml"
};
static const unsigned char file941[] = {
#embed "../../Content/collectors/gcp/accessapproval.yaml"
};
static const unsigned char file942[] = {
#embed "../../Content/collectors/gcp/accesscontextmanager.yaml"
};
static const unsigned char file943[] = {
#embed "../../Content/collectors/gcp/apikeys.yaml"
};
static const unsigned char file944[] = {
#embed "../../Content/collectors/gcp/essentialcontacts.yaml"
};
static const unsigned char file945[] = {
#embed "../../Content/collectors/gcp/iam.yaml"
};
static const unsigned char file946[] = {
#embed "../../Content/collectors/gcp/logging.yaml"
};
static const unsigned char file947[] = {
#embed "../../Content/collectors/gcp/monitoring.yaml"
};
static const unsigned char file948[] = {
#embed "../../Content/collectors/gcp/orgpolicy.yaml"
};
static const unsigned char file949[] = {
#embed "../../Content/collectors/gcp/policyanalyzer.yaml"
};
static const unsigned char file950[] = {
#embed "../../Content/collectors/gcp/sqladmin.yaml"
};
static const unsigned char file951[] = {
#embed "../../Content/collectors/gcp/storage.yaml"
};
static const unsigned char file952[] = {
#embed "../../Content/defaults/aws.yaml"
};
static const unsigned char file953[] = {
#embed "../../Content/defaults/gcp.yaml"
};
static const unsigned char file954[] = {
#embed "../../Content/estates/contoso-hardened/aws.yaml"
};
static const unsigned char file955[] = {
#embed "../../Content/estates/contoso-hardened/azure.yaml"
};
static const unsigned char file956[] = {
#embed "../../Content/estates/contoso-hardened/estate.yaml"
};
static const unsigned char file957[] = {
#embed "../../Content/estates/contoso-hardened/gcp.yaml"
};
static const unsigned char file958[] = {
#embed "../../Content/estates/contoso/aws/bank.yaml"
};
static const unsigned char file959[] = {
#embed "../../Content/estates/contoso/aws/organisation.yaml"
};
static const unsigned char file960[] = {
#embed "../../Content/estates/contoso/aws/shop.yaml"
};
static const unsigned char file961[] = {
#embed "../../Content/estates/contoso/azure/compute.yaml"
};
static const unsigned char file962[] = {
#embed "../../Content/estates/contoso/azure/data.yaml"
};
static const unsigned char file963[] = {
#embed "../../Content/estates/contoso/azure/defender.yaml"
};
static const unsigned char file964[] = {
#embed "../../Content/estates/contoso/azure/directory.yaml"
};
static const unsigned char file965[] = {
#embed "../../Content/estates/contoso/azure/governance.yaml"
};
static const unsigned char file966[] = {
#embed "../../Content/estates/contoso/azure/network.yaml"
};
static const unsigned char file967[] = {
#embed "../../Content/estates/contoso/azure/storage.yaml"
};
static const unsigned char file968[] = {
#embed "../../Content/estates/contoso/estate.yaml"
};
static const unsigned char file969[] = {
#embed "../../Content/estates/contoso/gcp/bank.yaml"
};
static const unsigned char file970[] = {
#embed "../../Content/estates/contoso/gcp/organisation.yaml"
};
static const unsigned char file971[] = {
#embed "../../Content/estates/contoso/gcp/shop.yaml"
};
static const unsigned char file972[] = {
#embed "../../Content/estates/contoso/planted.yaml"
};
static const unsigned char file973[] = {
#embed "../../Content/twin/aws/operations/cloudtrail.json"
};
static const unsigned char file974[] = {
#embed "../../Content/twin/aws/operations/ec2.json"
};
static const unsigned char file975[] = {
#embed "../../Content/twin/aws/operations/iam.json"
};
static const unsigned char file976[] = {
#embed "../../Content/twin/aws/operations/kms.json"
};
static const unsigned char file977[] = {
#embed "../../Content/twin/aws/operations/lambda.json"
};
static const unsigned char file978[] = {
#embed "../../Content/twin/aws/operations/rds.json"
};
static const unsigned char file979[] = {
#embed "../../Content/twin/aws/operations/s3.json"
};
static const unsigned char file980[] = {
#embed "../../Content/twin/aws/operations/s3control.json"
};
static const unsigned char file981[] = {
#embed "../../Content/twin/aws/operations/secretsmanager.json"
};
static const unsigned char file982[] = {
#embed "../../Content/twin/aws/operations/sqs.json"
};
static const unsigned char file983[] = {
#embed "../../Content/twin/aws/reads/cloudtrail.yaml"
};
static const unsigned char file984[] = {
#embed "../../Content/twin/aws/reads/ec2.yaml"
};
static const unsigned char file985[] = {
#embed "../../Content/twin/aws/reads/iam.yaml"
};
static const unsigned char file986[] = {
#embed "../../Content/twin/aws/reads/lambda.yaml"
};
static const unsigned char file987[] = {
#embed "../../Content/twin/aws/reads/s3.yaml"
};
static const unsigned char file988[] = {
#embed "../../Content/twin/aws/reads/secretsmanager.yaml"
};
static const unsigned char file989[] = {
#embed "../../Content/twin/aws/reads/sqs.yaml"
};
static const unsigned char file990[] = {
#embed "../../Content/twin/aws/writes/cloudtrail.yaml"
};
static const unsigned char file991[] = {
#embed "../../Content/twin/aws/writes/ec2.yaml"
};
static const unsigned char file992[] = {
#embed "../../Content/twin/aws/writes/iam.yaml"
};
static const unsigned char file993[] = {
#embed "../../Content/twin/aws/writes/kms.yaml"
};
static const unsigned char file994[] = {
#embed "../../Content/twin/aws/writes/rds.yaml"
};
static const unsigned char file995[] = {
#embed "../../Content/twin/aws/writes/s3.yaml"
};
static const unsigned char file996[] = {
#embed "../../Content/twin/aws/writes/s3control.yaml"
};

static const plumb_content_file files[] = {
  {"checks/aws/accessanalyzer/enabled.yaml", file0, sizeof file0},
  {"checks/aws/accessanalyzer/unused-access.yaml", file1, sizeof file1},
  {"checks/aws/account/security-contact.yaml", file2, sizeof file2},
  {"checks/aws/account/separate-contacts.yaml", file3, sizeof file3},
  {"checks/aws/acm/expiry.yaml", file4, sizeof file4},
  {"checks/aws/acm/key-strength.yaml", file5, sizeof file5},
  {"checks/aws/acm/no-wildcard.yaml", file6, sizeof file6},
  {"checks/aws/acm/transparency.yaml", file7, sizeof file7},
  {"checks/aws/apigateway/access-logs.yaml", file8, sizeof file8},
  {"checks/aws/apigateway/cache-encrypted.yaml", file9, sizeof file9},
  {"checks/aws/apigateway/domain-tls.yaml", file10, sizeof file10},
  {"checks/aws/apigateway/public-without-authorization.yaml", file11, sizeof file11},
  {"checks/aws/apigateway/stage-logging.yaml", file12, sizeof file12},
  {"checks/aws/apigateway/stage-waf.yaml", file13, sizeof file13},
  {"checks/aws/apigateway/tracing.yaml", file14, sizeof file14},
  {"checks/aws/apigatewayv2/access-logs.yaml", file15, sizeof file15},
  {"checks/aws/apigatewayv2/cors.yaml", file16, sizeof file16},
  {"checks/aws/apigatewayv2/route-authorization.yaml", file17, sizeof file17},
  {"checks/aws/athena/metrics.yaml", file18, sizeof file18},
  {"checks/aws/athena/results-encrypted.yaml", file19, sizeof file19},
  {"checks/aws/athena/settings-enforced.yaml", file20, sizeof file20},
  {"checks/aws/autoscaling/elb-health-check.yaml", file21, sizeof file21},
  {"checks/aws/autoscaling/launch-configuration-imdsv2.yaml", file22, sizeof file22},
  {"checks/aws/autoscaling/launch-configuration-no-public-ip.yaml", file23, sizeof file23},
  {"checks/aws/autoscaling/launch-template.yaml", file24, sizeof file24},
  {"checks/aws/autoscaling/multi-az.yaml", file25, sizeof file25},
  {"checks/aws/backup/plan-exists.yaml", file26, sizeof file26},
  {"checks/aws/backup/vault-encrypted.yaml", file27, sizeof file27},
  {"checks/aws/backup/vault-locked.yaml", file28, sizeof file28},
  {"checks/aws/backup/vault-policy-not-public.yaml", file29, sizeof file29},
  {"checks/aws/bedrock/agent-encrypted.yaml", file30, sizeof file30},
  {"checks/aws/bedrock/agent-guardrail.yaml", file31, sizeof file31},
  {"checks/aws/bedrock/custom-model-encrypted.yaml", file32, sizeof file32},
  {"checks/aws/bedrock/guardrail-prompt-attack.yaml", file33, sizeof file33},
  {"checks/aws/bedrock/guardrail-sensitive-information.yaml", file34, sizeof file34},
  {"checks/aws/bedrock/invocation-logging.yaml", file35, sizeof file35},
  {"checks/aws/cloudformation/drift.yaml", file36, sizeof file36},
  {"checks/aws/cloudformation/output-secrets.yaml", file37, sizeof file37},
  {"checks/aws/cloudformation/termination-protection.yaml", file38, sizeof file38},
  {"checks/aws/cloudfront/certificate.yaml", file39, sizeof file39},
  {"checks/aws/cloudfront/default-root-object.yaml", file40, sizeof file40},
  {"checks/aws/cloudfront/https-only.yaml", file41, sizeof file41},
  {"checks/aws/cloudfront/logging.yaml", file42, sizeof file42},
  {"checks/aws/cloudfront/origin-access-control.yaml", file43, sizeof file43},
  {"checks/aws/cloudfront/origin-tls-version.yaml", file44, sizeof file44},
  {"checks/aws/cloudfront/origin-tls.yaml", file45, sizeof file45},
  {"checks/aws/cloudfront/tls-version.yaml", file46, sizeof file46},
  {"checks/aws/cloudfront/waf.yaml", file47, sizeof file47},
  {"checks/aws/cloudtrail/bucket-logging.yaml", file48, sizeof file48},
  {"checks/aws/cloudtrail/bucket-not-public.yaml", file49, sizeof file49},
  {"checks/aws/cloudtrail/cloudwatch-logs.yaml", file50, sizeof file50},
  {"checks/aws/cloudtrail/encrypted.yaml", file51, sizeof file51},
  {"checks/aws/cloudtrail/insights.yaml", file52, sizeof file52},
  {"checks/aws/cloudtrail/multi-region.yaml", file53, sizeof file53},
  {"checks/aws/cloudtrail/s3-read-events.yaml", file54, sizeof file54},
  {"checks/aws/cloudtrail/s3-write-events.yaml", file55, sizeof file55},
  {"checks/aws/cloudtrail/validated.yaml", file56, sizeof file56},
  {"checks/aws/cloudwatch/alarm-actions-on.yaml", file57, sizeof file57},
  {"checks/aws/cloudwatch/alarm-notifies.yaml", file58, sizeof file58},
  {"checks/aws/cloudwatch/bucket-policy-changes.yaml", file59, sizeof file59},
  {"checks/aws/cloudwatch/config-changes.yaml", file60, sizeof file60},
  {"checks/aws/cloudwatch/gateway-changes.yaml", file61, sizeof file61},
  {"checks/aws/cloudwatch/iam-policy-changes.yaml", file62, sizeof file62},
  {"checks/aws/cloudwatch/key-deletion.yaml", file63, sizeof file63},
  {"checks/aws/cloudwatch/network-acl-changes.yaml", file64, sizeof file64},
  {"checks/aws/cloudwatch/organization-changes.yaml", file65, sizeof file65},
  {"checks/aws/cloudwatch/root-usage.yaml", file66, sizeof file66},
  {"checks/aws/cloudwatch/route-changes.yaml", file67, sizeof file67},
  {"checks/aws/cloudwatch/security-group-changes.yaml", file68, sizeof file68},
  {"checks/aws/cloudwatch/sign-in-failures.yaml", file69, sizeof file69},
  {"checks/aws/cloudwatch/sign-in-without-mfa.yaml", file70, sizeof file70},
  {"checks/aws/cloudwatch/trail-changes.yaml", file71, sizeof file71},
  {"checks/aws/cloudwatch/unauthorized-calls.yaml", file72, sizeof file72},
  {"checks/aws/cloudwatch/vpc-changes.yaml", file73, sizeof file73},
  {"checks/aws/codebuild/environment-secrets.yaml", file74, sizeof file74},
  {"checks/aws/codebuild/logging.yaml", file75, sizeof file75},
  {"checks/aws/codebuild/no-personal-tokens.yaml", file76, sizeof file76},
  {"checks/aws/codebuild/no-privileged.yaml", file77, sizeof file77},
  {"checks/aws/codebuild/not-public.yaml", file78, sizeof file78},
  {"checks/aws/codebuild/report-group-encrypted.yaml", file79, sizeof file79},
  {"checks/aws/codebuild/s3-logs-encrypted.yaml", file80, sizeof file80},
  {"checks/aws/codebuild/source-credentials.yaml", file81, sizeof file81},
  {"checks/aws/cognito/client-hides-users.yaml", file82, sizeof file82},
  {"checks/aws/cognito/client-https-callbacks.yaml", file83, sizeof file83},
  {"checks/aws/cognito/client-no-implicit-flow.yaml", file84, sizeof file84},
  {"checks/aws/cognito/client-token-revocation.yaml", file85, sizeof file85},
  {"checks/aws/cognito/identity-pool-classic-flow.yaml", file86, sizeof file86},
  {"checks/aws/cognito/identity-pool-guests.yaml", file87, sizeof file87},
  {"checks/aws/cognito/user-pool-deletion-protection.yaml", file88, sizeof file88},
  {"checks/aws/cognito/user-pool-mfa.yaml", file89, sizeof file89},
  {"checks/aws/cognito/user-pool-password.yaml", file90, sizeof file90},
  {"checks/aws/cognito/user-pool-threat-protection.yaml", file91, sizeof file91},
  {"checks/aws/config/recorder-on.yaml", file92, sizeof file92},
  {"checks/aws/config/recorder-role.yaml", file93, sizeof file93},
  {"checks/aws/dms/endpoint-mongodb-authentication.yaml", file94, sizeof file94},
  {"checks/aws/dms/endpoint-redis-tls.yaml", file95, sizeof file95},
  {"checks/aws/dms/endpoint-tls.yaml", file96, sizeof file96},
  {"checks/aws/dms/instance-not-public.yaml", file97, sizeof file97},
  {"checks/aws/dms/minor-version-upgrade.yaml", file98, sizeof file98},
  {"checks/aws/dms/multi-az.yaml", file99, sizeof file99},
  {"checks/aws/docdb/cluster-backup-retention.yaml", file100, sizeof file100},
  {"checks/aws/docdb/cluster-deletion-protection.yaml", file101, sizeof file101},
  {"checks/aws/docdb/cluster-encrypted.yaml", file102, sizeof file102},
  {"checks/aws/docdb/cluster-logs-exported.yaml", file103, sizeof file103},
  {"checks/aws/docdb/cluster-multi-az.yaml", file104, sizeof file104},
  {"checks/aws/docdb/cluster-tls.yaml", file105, sizeof file105},
  {"checks/aws/docdb/snapshot-not-public.yaml", file106, sizeof file106},
  {"checks/aws/dynamodb/backup-plan.yaml", file107, sizeof file107},
  {"checks/aws/dynamodb/deletion-protection.yaml", file108, sizeof file108},
  {"checks/aws/dynamodb/kms-encryption.yaml", file109, sizeof file109},
  {"checks/aws/dynamodb/point-in-time-recovery.yaml", file110, sizeof file110},
  {"checks/aws/dynamodb/policy-not-public.yaml", file111, sizeof file111},
  {"checks/aws/ec2/address-used.yaml", file112, sizeof file112},
  {"checks/aws/ec2/all-ports-open-to-internet.yaml", file113, sizeof file113},
  {"checks/aws/ec2/cassandra-open-to-internet.yaml", file114, sizeof file114},
  {"checks/aws/ec2/cifs-open-to-internet.yaml", file115, sizeof file115},
  {"checks/aws/ec2/default-security-group-closed.yaml", file116, sizeof file116},
  {"checks/aws/ec2/detailed-monitoring.yaml", file117, sizeof file117},
  {"checks/aws/ec2/docker-open-to-internet.yaml", file118, sizeof file118},
  {"checks/aws/ec2/ebs-default-encryption.yaml", file119, sizeof file119},
  {"checks/aws/ec2/elasticsearch-open-to-internet.yaml", file120, sizeof file120},
  {"checks/aws/ec2/ftp-open-to-internet.yaml", file121, sizeof file121},
  {"checks/aws/ec2/image-block-public.yaml", file122, sizeof file122},
  {"checks/aws/ec2/image-encrypted.yaml", file123, sizeof file123},
  {"checks/aws/ec2/image-not-public.yaml", file124, sizeof file124},
  {"checks/aws/ec2/imds-default.yaml", file125, sizeof file125},
  {"checks/aws/ec2/imdsv2-required.yaml", file126, sizeof file126},
  {"checks/aws/ec2/instance-no-public-ip.yaml", file127, sizeof file127},
  {"checks/aws/ec2/instance-role.yaml", file128, sizeof file128},
  {"checks/aws/ec2/kafka-open-to-internet.yaml", file129, sizeof file129},
  {"checks/aws/ec2/launch-template-imdsv2.yaml", file130, sizeof file130},
  {"checks/aws/ec2/launch-template-no-public-ip.yaml", file131, sizeof file131},
  {"checks/aws/ec2/ldap-open-to-internet.yaml", file132, sizeof file132},
  {"checks/aws/ec2/managed-by-ssm.yaml", file133, sizeof file133},
  {"checks/aws/ec2/memcached-open-to-internet.yaml", file134, sizeof file134},
  {"checks/aws/ec2/metadata-hop-limit.yaml", file135, sizeof file135},
  {"checks/aws/ec2/mongodb-open-to-internet.yaml", file136, sizeof file136},
  {"checks/aws/ec2/mysql-open-to-internet.yaml", file137, sizeof file137},
  {"checks/aws/ec2/nat-gateway-used.yaml", file138, sizeof file138},
  {"checks/aws/ec2/network-acl-admin-ports.yaml", file139, sizeof file139},
  {"checks/aws/ec2/network-acl-used.yaml", file140, sizeof file140},
  {"checks/aws/ec2/oracle-open-to-internet.yaml", file141, sizeof file141},
  {"checks/aws/ec2/postgresql-open-to-internet.yaml", file142, sizeof file142},
  {"checks/aws/ec2/rdp-open-to-internet.yaml", file143, sizeof file143},
  {"checks/aws/ec2/redis-open-to-internet.yaml", file144, sizeof file144},
  {"checks/aws/ec2/security-group-launch-wizard.yaml", file145, sizeof file145},
  {"checks/aws/ec2/security-group-used.yaml", file146, sizeof file146},
  {"checks/aws/ec2/serial-console-off.yaml", file147, sizeof file147},
  {"checks/aws/ec2/snapshot-age.yaml", file148, sizeof file148},
  {"checks/aws/ec2/snapshot-block-public.yaml", file149, sizeof file149},
  {"checks/aws/ec2/snapshot-encrypted.yaml", file150, sizeof file150},
  {"checks/aws/ec2/snapshot-not-public.yaml", file151, sizeof file151},
  {"checks/aws/ec2/sql-server-open-to-internet.yaml", file152, sizeof file152},
  {"checks/aws/ec2/ssh-open-to-internet.yaml", file153, sizeof file153},
  {"checks/aws/ec2/subnet-no-auto-public-ip.yaml", file154, sizeof file154},
  {"checks/aws/ec2/telnet-open-to-internet.yaml", file155, sizeof file155},
  {"checks/aws/ec2/transit-gateway-auto-accept.yaml", file156, sizeof file156},
  {"checks/aws/ec2/vnc-open-to-internet.yaml", file157, sizeof file157},
  {"checks/aws/ec2/volume-attached.yaml", file158, sizeof file158},
  {"checks/aws/ec2/volume-backup-plan.yaml", file159, sizeof file159},
  {"checks/aws/ec2/volume-encrypted.yaml", file160, sizeof file160},
  {"checks/aws/ec2/volume-generation.yaml", file161, sizeof file161},
  {"checks/aws/ec2/winrm-open-to-internet.yaml", file162, sizeof file162},
  {"checks/aws/ecr/immutable-tags.yaml", file163, sizeof file163},
  {"checks/aws/ecr/lifecycle.yaml", file164, sizeof file164},
  {"checks/aws/ecr/policy-not-public.yaml", file165, sizeof file165},
  {"checks/aws/ecr/scan-on-push.yaml", file166, sizeof file166},
  {"checks/aws/ecs/container-insights.yaml", file167, sizeof file167},
  {"checks/aws/ecs/environment-secrets.yaml", file168, sizeof file168},
  {"checks/aws/ecs/exec-audited.yaml", file169, sizeof file169},
  {"checks/aws/ecs/fargate-platform.yaml", file170, sizeof file170},
  {"checks/aws/ecs/host-namespaces.yaml", file171, sizeof file171},
  {"checks/aws/ecs/host-network-root.yaml", file172, sizeof file172},
  {"checks/aws/ecs/logging.yaml", file173, sizeof file173},
  {"checks/aws/ecs/no-privileged-container.yaml", file174, sizeof file174},
  {"checks/aws/ecs/read-only-root.yaml", file175, sizeof file175},
  {"checks/aws/ecs/service-no-public-ip.yaml", file176, sizeof file176},
  {"checks/aws/efs/access-point-root.yaml", file177, sizeof file177},
  {"checks/aws/efs/access-point-user.yaml", file178, sizeof file178},
  {"checks/aws/efs/backup.yaml", file179, sizeof file179},
  {"checks/aws/efs/encrypted.yaml", file180, sizeof file180},
  {"checks/aws/efs/mount-target-private.yaml", file181, sizeof file181},
  {"checks/aws/efs/policy-not-public.yaml", file182, sizeof file182},
  {"checks/aws/eks/access-entries.yaml", file183, sizeof file183},
  {"checks/aws/eks/control-plane-logs.yaml", file184, sizeof file184},
  {"checks/aws/eks/deletion-protection.yaml", file185, sizeof file185},
  {"checks/aws/eks/endpoint-not-public.yaml", file186, sizeof file186},
  {"checks/aws/eks/endpoint-private.yaml", file187, sizeof file187},
  {"checks/aws/eks/node-ssh.yaml", file188, sizeof file188},
  {"checks/aws/eks/secrets-encrypted.yaml", file189, sizeof file189},
  {"checks/aws/eks/version-supported.yaml", file190, sizeof file190},
  {"checks/aws/elasticache/authentication.yaml", file191, sizeof file191},
  {"checks/aws/elasticache/backups.yaml", file192, sizeof file192},
  {"checks/aws/elasticache/encrypted-at-rest.yaml", file193, sizeof file193},
  {"checks/aws/elasticache/encrypted-in-transit.yaml", file194, sizeof file194},
  {"checks/aws/elasticache/failover.yaml", file195, sizeof file195},
  {"checks/aws/elasticache/memcached-in-transit.yaml", file196, sizeof file196},
  {"checks/aws/elasticache/minor-version-upgrade.yaml", file197, sizeof file197},
  {"checks/aws/elasticache/multi-az.yaml", file198, sizeof file198},
  {"checks/aws/elasticache/own-subnet-group.yaml", file199, sizeof file199},
  {"checks/aws/elasticache/serverless-users.yaml", file200, sizeof file200},
  {"checks/aws/elasticache/user-password.yaml", file201, sizeof file201},
  {"checks/aws/elasticbeanstalk/enhanced-health.yaml", file202, sizeof file202},
  {"checks/aws/elasticbeanstalk/logs-streamed.yaml", file203, sizeof file203},
  {"checks/aws/elasticbeanstalk/managed-updates.yaml", file204, sizeof file204},
  {"checks/aws/elb/access-logs.yaml", file205, sizeof file205},
  {"checks/aws/elb/cross-zone.yaml", file206, sizeof file206},
  {"checks/aws/elb/desync-mitigation.yaml", file207, sizeof file207},
  {"checks/aws/elb/tls-listeners.yaml", file208, sizeof file208},
  {"checks/aws/elb/used.yaml", file209, sizeof file209},
  {"checks/aws/elbv2/access-logs.yaml", file210, sizeof file210},
  {"checks/aws/elbv2/deletion-protection.yaml", file211, sizeof file211},
  {"checks/aws/elbv2/desync-mitigation.yaml", file212, sizeof file212},
  {"checks/aws/elbv2/drop-invalid-headers.yaml", file213, sizeof file213},
  {"checks/aws/elbv2/http-redirects.yaml", file214, sizeof file214},
  {"checks/aws/elbv2/multi-az.yaml", file215, sizeof file215},
  {"checks/aws/elbv2/tls-policy.yaml", file216, sizeof file216},
  {"checks/aws/elbv2/used.yaml", file217, sizeof file217},
  {"checks/aws/elbv2/waf-attached.yaml", file218, sizeof file218},
  {"checks/aws/emr/block-public-access.yaml", file219, sizeof file219},
  {"checks/aws/emr/cluster-logs.yaml", file220, sizeof file220},
  {"checks/aws/emr/cluster-security-configuration.yaml", file221, sizeof file221},
  {"checks/aws/emr/configuration-at-rest.yaml", file222, sizeof file222},
  {"checks/aws/emr/configuration-in-transit.yaml", file223, sizeof file223},
  {"checks/aws/events/bus-not-public.yaml", file224, sizeof file224},
  {"checks/aws/firehose/encrypted.yaml", file225, sizeof file225},
  {"checks/aws/fsx/backups.yaml", file226, sizeof file226},
  {"checks/aws/fsx/copy-tags.yaml", file227, sizeof file227},
  {"checks/aws/fsx/windows-audit.yaml", file228, sizeof file228},
  {"checks/aws/glue/catalog-encrypted.yaml", file229, sizeof file229},
  {"checks/aws/glue/catalog-not-public.yaml", file230, sizeof file230},
  {"checks/aws/glue/connection-passwords-encrypted.yaml", file231, sizeof file231},
  {"checks/aws/glue/connection-tls.yaml", file232, sizeof file232},
  {"checks/aws/glue/crawler-security-configuration.yaml", file233, sizeof file233},
  {"checks/aws/glue/dev-endpoint-private.yaml", file234, sizeof file234},
  {"checks/aws/glue/job-security-configuration.yaml", file235, sizeof file235},
  {"checks/aws/glue/ml-transform-encrypted.yaml", file236, sizeof file236},
  {"checks/aws/glue/security-configuration-complete.yaml", file237, sizeof file237},
  {"checks/aws/guardduty/eks-audit-logs.yaml", file238, sizeof file238},
  {"checks/aws/guardduty/enabled.yaml", file239, sizeof file239},
  {"checks/aws/guardduty/lambda-protection.yaml", file240, sizeof file240},
  {"checks/aws/guardduty/malware-protection.yaml", file241, sizeof file241},
  {"checks/aws/guardduty/rds-protection.yaml", file242, sizeof file242},
  {"checks/aws/guardduty/runtime-monitoring.yaml", file243, sizeof file243},
  {"checks/aws/guardduty/s3-protection.yaml", file244, sizeof file244},
  {"checks/aws/iam/access-key-age.yaml", file245, sizeof file245},
  {"checks/aws/iam/access-key-used.yaml", file246, sizeof file246},
  {"checks/aws/iam/console-access-used.yaml", file247, sizeof file247},
  {"checks/aws/iam/federated-sign-in.yaml", file248, sizeof file248},
  {"checks/aws/iam/group-administrator-access.yaml", file249, sizeof file249},
  {"checks/aws/iam/group-inline-admin.yaml", file250, sizeof file250},
  {"checks/aws/iam/group-inline-escalation.yaml", file251, sizeof file251},
  {"checks/aws/iam/no-admin-policy.yaml", file252, sizeof file252},
  {"checks/aws/iam/no-cloudshell-full-access.yaml", file253, sizeof file253},
  {"checks/aws/iam/one-active-key.yaml", file254, sizeof file254},
  {"checks/aws/iam/password-expiry.yaml", file255, sizeof file255},
  {"checks/aws/iam/password-length.yaml", file256, sizeof file256},
  {"checks/aws/iam/password-lowercase.yaml", file257, sizeof file257},
  {"checks/aws/iam/password-number.yaml", file258, sizeof file258},
  {"checks/aws/iam/password-reuse.yaml", file259, sizeof file259},
  {"checks/aws/iam/password-symbol.yaml", file260, sizeof file260},
  {"checks/aws/iam/password-uppercase.yaml", file261, sizeof file261},
  {"checks/aws/iam/policies-by-group.yaml", file262, sizeof file262},
  {"checks/aws/iam/policy-assume-any-role.yaml", file263, sizeof file263},
  {"checks/aws/iam/policy-full-cloudtrail.yaml", file264, sizeof file264},
  {"checks/aws/iam/policy-full-iam.yaml", file265, sizeof file265},
  {"checks/aws/iam/policy-full-kms.yaml", file266, sizeof file266},
  {"checks/aws/iam/policy-passrole-any.yaml", file267, sizeof file267},
  {"checks/aws/iam/policy-privilege-escalation.yaml", file268, sizeof file268},
  {"checks/aws/iam/role-administrator-access.yaml", file269, sizeof file269},
  {"checks/aws/iam/role-external-id.yaml", file270, sizeof file270},
  {"checks/aws/iam/role-inline-admin.yaml", file271, sizeof file271},
  {"checks/aws/iam/role-inline-escalation.yaml", file272, sizeof file272},
  {"checks/aws/iam/role-oidc-subject.yaml", file273, sizeof file273},
  {"checks/aws/iam/role-trust-public.yaml", file274, sizeof file274},
  {"checks/aws/iam/role-used.yaml", file275, sizeof file275},
  {"checks/aws/iam/root-hardware-mfa.yaml", file276, sizeof file276},
  {"checks/aws/iam/root-mfa.yaml", file277, sizeof file277},
  {"checks/aws/iam/root-no-access-keys.yaml", file278, sizeof file278},
  {"checks/aws/iam/root-not-used.yaml", file279, sizeof file279},
  {"checks/aws/iam/saml-provider-valid.yaml", file280, sizeof file280},
  {"checks/aws/iam/server-certificate-valid.yaml", file281, sizeof file281},
  {"checks/aws/iam/support-role.yaml", file282, sizeof file282},
  {"checks/aws/iam/unused-first-key.yaml", file283, sizeof file283},
  {"checks/aws/iam/user-administrator-access.yaml", file284, sizeof file284},
  {"checks/aws/iam/user-inline-admin.yaml", file285, sizeof file285},
  {"checks/aws/iam/user-inline-escalation.yaml", file286, sizeof file286},
  {"checks/aws/iam/user-mfa.yaml", file287, sizeof file287},
  {"checks/aws/inspector/all-resources.yaml", file288, sizeof file288},
  {"checks/aws/inspector/enabled.yaml", file289, sizeof file289},
  {"checks/aws/kafka/authenticated.yaml", file290, sizeof file290},
  {"checks/aws/kafka/logs.yaml", file291, sizeof file291},
  {"checks/aws/kafka/not-public.yaml", file292, sizeof file292},
  {"checks/aws/kafka/tls.yaml", file293, sizeof file293},
  {"checks/aws/kinesis/encrypted.yaml", file294, sizeof file294},
  {"checks/aws/kinesis/policy-not-public.yaml", file295, sizeof file295},
  {"checks/aws/kinesis/retention.yaml", file296, sizeof file296},
  {"checks/aws/kms/key-rotation.yaml", file297, sizeof file297},
  {"checks/aws/kms/not-pending-deletion.yaml", file298, sizeof file298},
  {"checks/aws/kms/policy-not-public.yaml", file299, sizeof file299},
  {"checks/aws/kms/single-region.yaml", file300, sizeof file300},
  {"checks/aws/kms/used.yaml", file301, sizeof file301},
  {"checks/aws/lambda/dead-letter.yaml", file302, sizeof file302},
  {"checks/aws/lambda/environment-encrypted.yaml", file303, sizeof file303},
  {"checks/aws/lambda/environment-secrets.yaml", file304, sizeof file304},
  {"checks/aws/lambda/foreign-layers.yaml", file305, sizeof file305},
  {"checks/aws/lambda/policy-not-public.yaml", file306, sizeof file306},
  {"checks/aws/lambda/runtime-supported.yaml", file307, sizeof file307},
  {"checks/aws/lambda/tracing.yaml", file308, sizeof file308},
  {"checks/aws/lambda/url-authenticated.yaml", file309, sizeof file309},
  {"checks/aws/lambda/url-cors.yaml", file310, sizeof file310},
  {"checks/aws/lambda/vpc-two-zones.yaml", file311, sizeof file311},
  {"checks/aws/lightsail/balancer-https.yaml", file312, sizeof file312},
  {"checks/aws/lightsail/bucket-not-public.yaml", file313, sizeof file313},
  {"checks/aws/lightsail/database-backups.yaml", file314, sizeof file314},
  {"checks/aws/lightsail/database-not-public.yaml", file315, sizeof file315},
  {"checks/aws/lightsail/instance-admin-ports.yaml", file316, sizeof file316},
  {"checks/aws/lightsail/instance-snapshots.yaml", file317, sizeof file317},
  {"checks/aws/logs/encrypted-with-key.yaml", file318, sizeof file318},
  {"checks/aws/logs/retention.yaml", file319, sizeof file319},
  {"checks/aws/macie/enabled.yaml", file320, sizeof file320},
  {"checks/aws/memorydb/access-list.yaml", file321, sizeof file321},
  {"checks/aws/memorydb/minor-version-upgrade.yaml", file322, sizeof file322},
  {"checks/aws/memorydb/snapshots.yaml", file323, sizeof file323},
  {"checks/aws/memorydb/tls.yaml", file324, sizeof file324},
  {"checks/aws/memorydb/user-password.yaml", file325, sizeof file325},
  {"checks/aws/mq/logs.yaml", file326, sizeof file326},
  {"checks/aws/mq/minor-version-upgrade.yaml", file327, sizeof file327},
  {"checks/aws/mq/not-public.yaml", file328, sizeof file328},
  {"checks/aws/mq/standby.yaml", file329, sizeof file329},
  {"checks/aws/neptune/cluster-backup-retention.yaml", file330, sizeof file330},
  {"checks/aws/neptune/cluster-copy-tags.yaml", file331, sizeof file331},
  {"checks/aws/neptune/cluster-deletion-protection.yaml", file332, sizeof file332},
  {"checks/aws/neptune/cluster-encrypted.yaml", file333, sizeof file333},
  {"checks/aws/neptune/cluster-iam-authentication.yaml", file334, sizeof file334},
  {"checks/aws/neptune/cluster-logs-exported.yaml", file335, sizeof file335},
  {"checks/aws/neptune/cluster-multi-az.yaml", file336, sizeof file336},
  {"checks/aws/neptune/instance-not-public.yaml", file337, sizeof file337},
  {"checks/aws/neptune/minor-version-upgrade.yaml", file338, sizeof file338},
  {"checks/aws/neptune/snapshot-encrypted.yaml", file339, sizeof file339},
  {"checks/aws/neptune/snapshot-not-public.yaml", file340, sizeof file340},
  {"checks/aws/network-firewall/default-fragments.yaml", file341, sizeof file341},
  {"checks/aws/network-firewall/default-full-packets.yaml", file342, sizeof file342},
  {"checks/aws/network-firewall/deletion-protection.yaml", file343, sizeof file343},
  {"checks/aws/network-firewall/logging.yaml", file344, sizeof file344},
  {"checks/aws/network-firewall/multi-az.yaml", file345, sizeof file345},
  {"checks/aws/network-firewall/policy-has-rules.yaml", file346, sizeof file346},
  {"checks/aws/opensearch/audit-logs.yaml", file347, sizeof file347},
  {"checks/aws/opensearch/data-nodes.yaml", file348, sizeof file348},
  {"checks/aws/opensearch/encrypted-at-rest.yaml", file349, sizeof file349},
  {"checks/aws/opensearch/error-logs.yaml", file350, sizeof file350},
  {"checks/aws/opensearch/fine-grained-access.yaml", file351, sizeof file351},
  {"checks/aws/opensearch/https-only.yaml", file352, sizeof file352},
  {"checks/aws/opensearch/in-vpc.yaml", file353, sizeof file353},
  {"checks/aws/opensearch/master-nodes.yaml", file354, sizeof file354},
  {"checks/aws/opensearch/no-internal-users.yaml", file355, sizeof file355},
  {"checks/aws/opensearch/node-to-node.yaml", file356, sizeof file356},
  {"checks/aws/opensearch/policy-not-public.yaml", file357, sizeof file357},
  {"checks/aws/opensearch/tls-version.yaml", file358, sizeof file358},
  {"checks/aws/opensearch/updated.yaml", file359, sizeof file359},
  {"checks/aws/organizations/all-features.yaml", file360, sizeof file360},
  {"checks/aws/organizations/control-policies.yaml", file361, sizeof file361},
  {"checks/aws/organizations/delegated-administrator.yaml", file362, sizeof file362},
  {"checks/aws/organizations/member.yaml", file363, sizeof file363},
  {"checks/aws/organizations/own-control-policy.yaml", file364, sizeof file364},
  {"checks/aws/organizations/root-credentials-central.yaml", file365, sizeof file365},
  {"checks/aws/rds/backup-on.yaml", file366, sizeof file366},
  {"checks/aws/rds/backup-plan.yaml", file367, sizeof file367},
  {"checks/aws/rds/backup-retention.yaml", file368, sizeof file368},
  {"checks/aws/rds/certificate-authority.yaml", file369, sizeof file369},
  {"checks/aws/rds/cluster-backup-retention.yaml", file370, sizeof file370},
  {"checks/aws/rds/cluster-copy-tags.yaml", file371, sizeof file371},
  {"checks/aws/rds/cluster-default-admin-name.yaml", file372, sizeof file372},
  {"checks/aws/rds/cluster-deletion-protection.yaml", file373, sizeof file373},
  {"checks/aws/rds/cluster-encrypted.yaml", file374, sizeof file374},
  {"checks/aws/rds/cluster-iam-authentication.yaml", file375, sizeof file375},
  {"checks/aws/rds/cluster-logs-exported.yaml", file376, sizeof file376},
  {"checks/aws/rds/cluster-multi-az.yaml", file377, sizeof file377},
  {"checks/aws/rds/cluster-snapshot-encrypted.yaml", file378, sizeof file378},
  {"checks/aws/rds/cluster-snapshot-not-public.yaml", file379, sizeof file379},
  {"checks/aws/rds/copy-tags.yaml", file380, sizeof file380},
  {"checks/aws/rds/default-admin-name.yaml", file381, sizeof file381},
  {"checks/aws/rds/deletion-protection.yaml", file382, sizeof file382},
  {"checks/aws/rds/enhanced-monitoring.yaml", file383, sizeof file383},
  {"checks/aws/rds/iam-authentication.yaml", file384, sizeof file384},
  {"checks/aws/rds/logs-exported.yaml", file385, sizeof file385},
  {"checks/aws/rds/minor-version-upgrade.yaml", file386, sizeof file386},
  {"checks/aws/rds/multi-az.yaml", file387, sizeof file387},
  {"checks/aws/rds/not-public.yaml", file388, sizeof file388},
  {"checks/aws/rds/snapshot-encrypted.yaml", file389, sizeof file389},
  {"checks/aws/rds/snapshot-not-public.yaml", file390, sizeof file390},
  {"checks/aws/rds/storage-encrypted.yaml", file391, sizeof file391},
  {"checks/aws/redshift/audit-logging.yaml", file392, sizeof file392},
  {"checks/aws/redshift/default-admin-name.yaml", file393, sizeof file393},
  {"checks/aws/redshift/encrypted.yaml", file394, sizeof file394},
  {"checks/aws/redshift/enhanced-vpc-routing.yaml", file395, sizeof file395},
  {"checks/aws/redshift/not-public.yaml", file396, sizeof file396},
  {"checks/aws/redshift/snapshots-kept.yaml", file397, sizeof file397},
  {"checks/aws/redshift/tls-required.yaml", file398, sizeof file398},
  {"checks/aws/redshift/version-upgrade.yaml", file399, sizeof file399},
  {"checks/aws/route53/dnssec.yaml", file400, sizeof file400},
  {"checks/aws/route53/query-logging.yaml", file401, sizeof file401},
  {"checks/aws/route53/website-record-has-bucket.yaml", file402, sizeof file402},
  {"checks/aws/route53domains/auto-renew.yaml", file403, sizeof file403},
  {"checks/aws/route53domains/privacy.yaml", file404, sizeof file404},
  {"checks/aws/route53domains/transfer-lock.yaml", file405, sizeof file405},
  {"checks/aws/s3/access-logging.yaml", file406, sizeof file406},
  {"checks/aws/s3/access-point-block.yaml", file407, sizeof file407},
  {"checks/aws/s3/access-point-not-public.yaml", file408, sizeof file408},
  {"checks/aws/s3/account-public-access-block.yaml", file409, sizeof file409},
  {"checks/aws/s3/acls-off.yaml", file410, sizeof file410},
  {"checks/aws/s3/default-encryption.yaml", file411, sizeof file411},
  {"checks/aws/s3/kms-encryption.yaml", file412, sizeof file412},
  {"checks/aws/s3/mfa-delete.yaml", file413, sizeof file413},
  {"checks/aws/s3/public-access-block.yaml", file414, sizeof file414},
  {"checks/aws/s3/public-acl.yaml", file415, sizeof file415},
  {"checks/aws/s3/public-policy.yaml", file416, sizeof file416},
  {"checks/aws/s3/secure-transport.yaml", file417, sizeof file417},
  {"checks/aws/s3/versioning.yaml", file418, sizeof file418},
  {"checks/aws/sagemaker/domain-sso.yaml", file419, sizeof file419},
  {"checks/aws/sagemaker/domain-vpc-only.yaml", file420, sizeof file420},
  {"checks/aws/sagemaker/endpoint-encrypted.yaml", file421, sizeof file421},
  {"checks/aws/sagemaker/model-in-vpc.yaml", file422, sizeof file422},
  {"checks/aws/sagemaker/model-isolated.yaml", file423, sizeof file423},
  {"checks/aws/sagemaker/notebook-encrypted.yaml", file424, sizeof file424},
  {"checks/aws/sagemaker/notebook-imdsv2.yaml", file425, sizeof file425},
  {"checks/aws/sagemaker/notebook-in-vpc.yaml", file426, sizeof file426},
  {"checks/aws/sagemaker/notebook-no-direct-internet.yaml", file427, sizeof file427},
  {"checks/aws/sagemaker/notebook-no-root.yaml", file428, sizeof file428},
  {"checks/aws/secretsmanager/policy-not-public.yaml", file429, sizeof file429},
  {"checks/aws/secretsmanager/rotated-lately.yaml", file430, sizeof file430},
  {"checks/aws/secretsmanager/rotation.yaml", file431, sizeof file431},
  {"checks/aws/secretsmanager/used.yaml", file432, sizeof file432},
  {"checks/aws/securityhub/enabled.yaml", file433, sizeof file433},
  {"checks/aws/ses/dkim.yaml", file434, sizeof file434},
  {"checks/aws/ses/receipt-tls.yaml", file435, sizeof file435},
  {"checks/aws/ses/tls-required.yaml", file436, sizeof file436},
  {"checks/aws/shield/balancer-protected.yaml", file437, sizeof file437},
  {"checks/aws/shield/cloudfront-protected.yaml", file438, sizeof file438},
  {"checks/aws/shield/zone-protected.yaml", file439, sizeof file439},
  {"checks/aws/sns/encrypted.yaml", file440, sizeof file440},
  {"checks/aws/sns/policy-not-public.yaml", file441, sizeof file441},
  {"checks/aws/sqs/encrypted.yaml", file442, sizeof file442},
  {"checks/aws/sqs/policy-not-public.yaml", file443, sizeof file443},
  {"checks/aws/ssm/block-public-documents.yaml", file444, sizeof file444},
  {"checks/aws/ssm/document-not-public.yaml", file445, sizeof file445},
  {"checks/aws/ssm/parameter-secret.yaml", file446, sizeof file446},
  {"checks/aws/ssm/patched.yaml", file447, sizeof file447},
  {"checks/aws/stepfunctions/logging.yaml", file448, sizeof file448},
  {"checks/aws/stepfunctions/tracing.yaml", file449, sizeof file449},
  {"checks/aws/transfer/logging.yaml", file450, sizeof file450},
  {"checks/aws/transfer/no-ftp.yaml", file451, sizeof file451},
  {"checks/aws/transfer/not-public.yaml", file452, sizeof file452},
  {"checks/aws/transfer/security-policy.yaml", file453, sizeof file453},
  {"checks/aws/vpc/default-vpc-unused.yaml", file454, sizeof file454},
  {"checks/aws/vpc/endpoint-policy-limited.yaml", file455, sizeof file455},
  {"checks/aws/vpc/endpoint-service-acceptance.yaml", file456, sizeof file456},
  {"checks/aws/vpc/endpoint-service-principals.yaml", file457, sizeof file457},
  {"checks/aws/vpc/flow-logs.yaml", file458, sizeof file458},
  {"checks/aws/vpc/peering-routes.yaml", file459, sizeof file459},
  {"checks/aws/wafv2/counted.yaml", file460, sizeof file460},
  {"checks/aws/wafv2/has-rules.yaml", file461, sizeof file461},
  {"checks/aws/wafv2/logging.yaml", file462, sizeof file462},
  {"checks/aws/wafv2/rule-group-not-empty.yaml", file463, sizeof file463},
  {"checks/aws/workspaces/directory-ip-groups.yaml", file464, sizeof file464},
  {"checks/aws/workspaces/directory-no-internet.yaml", file465, sizeof file465},
  {"checks/aws/workspaces/directory-no-local-admin.yaml", file466, sizeof file466},
  {"checks/aws/workspaces/encrypted.yaml", file467, sizeof file467},
  {"checks/gcp/accessapproval/enabled.yaml", file468, sizeof file468},
  {"checks/gcp/accesscontextmanager/storage-perimeter.yaml", file469, sizeof file469},
  {"checks/gcp/alloydb/backups.yaml", file470, sizeof file470},
  {"checks/gcp/alloydb/customer-key.yaml", file471, sizeof file471},
  {"checks/gcp/alloydb/no-public-address.yaml", file472, sizeof file472},
  {"checks/gcp/alloydb/tls.yaml", file473, sizeof file473},
  {"checks/gcp/apikeys/age.yaml", file474, sizeof file474},
  {"checks/gcp/apikeys/api-restrictions.yaml", file475, sizeof file475},
  {"checks/gcp/apikeys/application-restrictions.yaml", file476, sizeof file476},
  {"checks/gcp/apikeys/gemini.yaml", file477, sizeof file477},
  {"checks/gcp/apikeys/no-keys.yaml", file478, sizeof file478},
  {"checks/gcp/appengine/https-only.yaml", file479, sizeof file479},
  {"checks/gcp/appengine/runtime.yaml", file480, sizeof file480},
  {"checks/gcp/artifactregistry/cleanup.yaml", file481, sizeof file481},
  {"checks/gcp/artifactregistry/customer-key.yaml", file482, sizeof file482},
  {"checks/gcp/artifactregistry/immutable-tags.yaml", file483, sizeof file483},
  {"checks/gcp/artifactregistry/public.yaml", file484, sizeof file484},
  {"checks/gcp/artifactregistry/scanning.yaml", file485, sizeof file485},
  {"checks/gcp/bigquery/dataset-key.yaml", file486, sizeof file486},
  {"checks/gcp/bigquery/dataset-project-writers.yaml", file487, sizeof file487},
  {"checks/gcp/bigquery/dataset-public.yaml", file488, sizeof file488},
  {"checks/gcp/bigquery/table-key.yaml", file489, sizeof file489},
  {"checks/gcp/bigquery/table-public.yaml", file490, sizeof file490},
  {"checks/gcp/bigtable/backups.yaml", file491, sizeof file491},
  {"checks/gcp/bigtable/cluster-key.yaml", file492, sizeof file492},
  {"checks/gcp/bigtable/deletion-protection.yaml", file493, sizeof file493},
  {"checks/gcp/cloudbuild/fork-builds.yaml", file494, sizeof file494},
  {"checks/gcp/cloudbuild/private-workers.yaml", file495, sizeof file495},
  {"checks/gcp/cloudbuild/trigger-service-account.yaml", file496, sizeof file496},
  {"checks/gcp/cloudsql/backups.yaml", file497, sizeof file497},
  {"checks/gcp/cloudsql/customer-key.yaml", file498, sizeof file498},
  {"checks/gcp/cloudsql/deletion-protection.yaml", file499, sizeof file499},
  {"checks/gcp/cloudsql/high-availability.yaml", file500, sizeof file500},
  {"checks/gcp/cloudsql/mysql-iam-authentication.yaml", file501, sizeof file501},
  {"checks/gcp/cloudsql/mysql-local-infile.yaml", file502, sizeof file502},
  {"checks/gcp/cloudsql/mysql-skip-show-database.yaml", file503, sizeof file503},
  {"checks/gcp/cloudsql/no-public-address.yaml", file504, sizeof file504},
  {"checks/gcp/cloudsql/open-to-internet.yaml", file505, sizeof file505},
  {"checks/gcp/cloudsql/password-policy.yaml", file506, sizeof file506},
  {"checks/gcp/cloudsql/point-in-time-recovery.yaml", file507, sizeof file507},
  {"checks/gcp/cloudsql/postgres-iam-authentication.yaml", file508, sizeof file508},
  {"checks/gcp/cloudsql/postgres-log-connections.yaml", file509, sizeof file509},
  {"checks/gcp/cloudsql/postgres-log-disconnections.yaml", file510, sizeof file510},
  {"checks/gcp/cloudsql/postgres-log-error-verbosity.yaml", file511, sizeof file511},
  {"checks/gcp/cloudsql/postgres-log-lock-waits.yaml", file512, sizeof file512},
  {"checks/gcp/cloudsql/postgres-log-min-duration.yaml", file513, sizeof file513},
  {"checks/gcp/cloudsql/postgres-log-min-error-statement.yaml", file514, sizeof file514},
  {"checks/gcp/cloudsql/postgres-log-min-messages.yaml", file515, sizeof file515},
  {"checks/gcp/cloudsql/postgres-log-statement.yaml", file516, sizeof file516},
  {"checks/gcp/cloudsql/postgres-log-temp-files.yaml", file517, sizeof file517},
  {"checks/gcp/cloudsql/postgres-pgaudit.yaml", file518, sizeof file518},
  {"checks/gcp/cloudsql/require-tls.yaml", file519, sizeof file519},
  {"checks/gcp/cloudsql/server-certificate-expiry.yaml", file520, sizeof file520},
  {"checks/gcp/cloudsql/sqlserver-contained-authentication.yaml", file521, sizeof file521},
  {"checks/gcp/cloudsql/sqlserver-cross-db-ownership.yaml", file522, sizeof file522},
  {"checks/gcp/cloudsql/sqlserver-external-scripts.yaml", file523, sizeof file523},
  {"checks/gcp/cloudsql/sqlserver-remote-access.yaml", file524, sizeof file524},
  {"checks/gcp/cloudsql/sqlserver-trace-3625.yaml", file525, sizeof file525},
  {"checks/gcp/cloudsql/sqlserver-user-connections.yaml", file526, sizeof file526},
  {"checks/gcp/cloudsql/sqlserver-user-options.yaml", file527, sizeof file527},
  {"checks/gcp/cloudsql/stopped.yaml", file528, sizeof file528},
  {"checks/gcp/cloudsql/supported-version.yaml", file529, sizeof file529},
  {"checks/gcp/composer/customer-key.yaml", file530, sizeof file530},
  {"checks/gcp/composer/private.yaml", file531, sizeof file531},
  {"checks/gcp/composer/web-server.yaml", file532, sizeof file532},
  {"checks/gcp/compute/address-idle.yaml", file533, sizeof file533},
  {"checks/gcp/compute/automatic-restart.yaml", file534, sizeof file534},
  {"checks/gcp/compute/block-project-ssh-keys.yaml", file535, sizeof file535},
  {"checks/gcp/compute/confidential-computing.yaml", file536, sizeof file536},
  {"checks/gcp/compute/customer-keys.yaml", file537, sizeof file537},
  {"checks/gcp/compute/default-service-account-full-scope.yaml", file538, sizeof file538},
  {"checks/gcp/compute/default-service-account.yaml", file539, sizeof file539},
  {"checks/gcp/compute/deletion-protection.yaml", file540, sizeof file540},
  {"checks/gcp/compute/disk-customer-key.yaml", file541, sizeof file541},
  {"checks/gcp/compute/disk-unattached.yaml", file542, sizeof file542},
  {"checks/gcp/compute/global-address-idle.yaml", file543, sizeof file543},
  {"checks/gcp/compute/group-autohealing.yaml", file544, sizeof file544},
  {"checks/gcp/compute/group-zones.yaml", file545, sizeof file545},
  {"checks/gcp/compute/image-public.yaml", file546, sizeof file546},
  {"checks/gcp/compute/instance-stopped.yaml", file547, sizeof file547},
  {"checks/gcp/compute/ip-forwarding.yaml", file548, sizeof file548},
  {"checks/gcp/compute/live-migration.yaml", file549, sizeof file549},
  {"checks/gcp/compute/os-login-2fa.yaml", file550, sizeof file550},
  {"checks/gcp/compute/os-login-not-overridden.yaml", file551, sizeof file551},
  {"checks/gcp/compute/os-login.yaml", file552, sizeof file552},
  {"checks/gcp/compute/project-ssh-keys.yaml", file553, sizeof file553},
  {"checks/gcp/compute/public-address.yaml", file554, sizeof file554},
  {"checks/gcp/compute/region-disk-unattached.yaml", file555, sizeof file555},
  {"checks/gcp/compute/secrets-in-metadata.yaml", file556, sizeof file556},
  {"checks/gcp/compute/secure-boot.yaml", file557, sizeof file557},
  {"checks/gcp/compute/serial-port.yaml", file558, sizeof file558},
  {"checks/gcp/compute/shielded-vm.yaml", file559, sizeof file559},
  {"checks/gcp/compute/snapshot-age.yaml", file560, sizeof file560},
  {"checks/gcp/compute/snapshot-public.yaml", file561, sizeof file561},
  {"checks/gcp/dataflow/customer-key.yaml", file562, sizeof file562},
  {"checks/gcp/dataflow/private-workers.yaml", file563, sizeof file563},
  {"checks/gcp/datafusion/logging.yaml", file564, sizeof file564},
  {"checks/gcp/datafusion/private.yaml", file565, sizeof file565},
  {"checks/gcp/dataproc/customer-key.yaml", file566, sizeof file566},
  {"checks/gcp/dataproc/private.yaml", file567, sizeof file567},
  {"checks/gcp/dataproc/public.yaml", file568, sizeof file568},
  {"checks/gcp/dataproc/service-account.yaml", file569, sizeof file569},
  {"checks/gcp/dns/dnssec-key-signing.yaml", file570, sizeof file570},
  {"checks/gcp/dns/dnssec-zone-signing.yaml", file571, sizeof file571},
  {"checks/gcp/dns/dnssec.yaml", file572, sizeof file572},
  {"checks/gcp/dns/zone-logging.yaml", file573, sizeof file573},
  {"checks/gcp/essentialcontacts/organization.yaml", file574, sizeof file574},
  {"checks/gcp/filestore/customer-key.yaml", file575, sizeof file575},
  {"checks/gcp/filestore/deletion-protection.yaml", file576, sizeof file576},
  {"checks/gcp/filestore/export-options.yaml", file577, sizeof file577},
  {"checks/gcp/firestore/delete-protection.yaml", file578, sizeof file578},
  {"checks/gcp/firestore/point-in-time-recovery.yaml", file579, sizeof file579},
  {"checks/gcp/functions/https-only.yaml", file580, sizeof file580},
  {"checks/gcp/functions/ingress-v2.yaml", file581, sizeof file581},
  {"checks/gcp/functions/ingress.yaml", file582, sizeof file582},
  {"checks/gcp/functions/public.yaml", file583, sizeof file583},
  {"checks/gcp/functions/runtime-v2.yaml", file584, sizeof file584},
  {"checks/gcp/functions/runtime.yaml", file585, sizeof file585},
  {"checks/gcp/functions/secrets-in-environment-v2.yaml", file586, sizeof file586},
  {"checks/gcp/functions/secrets-in-environment.yaml", file587, sizeof file587},
  {"checks/gcp/functions/service-account-v2.yaml", file588, sizeof file588},
  {"checks/gcp/functions/service-account.yaml", file589, sizeof file589},
  {"checks/gcp/functions/vpc-v2.yaml", file590, sizeof file590},
  {"checks/gcp/functions/vpc.yaml", file591, sizeof file591},
  {"checks/gcp/gke/alpha-features.yaml", file592, sizeof file592},
  {"checks/gcp/gke/anonymous-bindings.yaml", file593, sizeof file593},
  {"checks/gcp/gke/anonymous-requests.yaml", file594, sizeof file594},
  {"checks/gcp/gke/backup-agent.yaml", file595, sizeof file595},
  {"checks/gcp/gke/basic-authentication.yaml", file596, sizeof file596},
  {"checks/gcp/gke/binary-authorization.yaml", file597, sizeof file597},
  {"checks/gcp/gke/client-certificate.yaml", file598, sizeof file598},
  {"checks/gcp/gke/control-plane-access.yaml", file599, sizeof file599},
  {"checks/gcp/gke/dashboard.yaml", file600, sizeof file600},
  {"checks/gcp/gke/intranode-visibility.yaml", file601, sizeof file601},
  {"checks/gcp/gke/kubelet-read-only-port.yaml", file602, sizeof file602},
  {"checks/gcp/gke/legacy-abac.yaml", file603, sizeof file603},
  {"checks/gcp/gke/logging.yaml", file604, sizeof file604},
  {"checks/gcp/gke/monitoring.yaml", file605, sizeof file605},
  {"checks/gcp/gke/network-policy.yaml", file606, sizeof file606},
  {"checks/gcp/gke/node-auto-repair.yaml", file607, sizeof file607},
  {"checks/gcp/gke/node-auto-upgrade.yaml", file608, sizeof file608},
  {"checks/gcp/gke/node-disk-key.yaml", file609, sizeof file609},
  {"checks/gcp/gke/node-image.yaml", file610, sizeof file610},
  {"checks/gcp/gke/node-integrity.yaml", file611, sizeof file611},
  {"checks/gcp/gke/node-legacy-metadata.yaml", file612, sizeof file612},
  {"checks/gcp/gke/node-metadata.yaml", file613, sizeof file613},
  {"checks/gcp/gke/node-secure-boot.yaml", file614, sizeof file614},
  {"checks/gcp/gke/node-service-account.yaml", file615, sizeof file615},
  {"checks/gcp/gke/private-nodes.yaml", file616, sizeof file616},
  {"checks/gcp/gke/rbac-groups.yaml", file617, sizeof file617},
  {"checks/gcp/gke/release-channel.yaml", file618, sizeof file618},
  {"checks/gcp/gke/secrets-encryption.yaml", file619, sizeof file619},
  {"checks/gcp/gke/security-posture.yaml", file620, sizeof file620},
  {"checks/gcp/gke/shielded-nodes.yaml", file621, sizeof file621},
  {"checks/gcp/gke/vpc-native.yaml", file622, sizeof file622},
  {"checks/gcp/gke/workload-identity.yaml", file623, sizeof file623},
  {"checks/gcp/iam/audit-logs.yaml", file624, sizeof file624},
  {"checks/gcp/iam/basic-roles-folder.yaml", file625, sizeof file625},
  {"checks/gcp/iam/basic-roles-organization.yaml", file626, sizeof file626},
  {"checks/gcp/iam/basic-roles-project.yaml", file627, sizeof file627},
  {"checks/gcp/iam/custom-role-escalation.yaml", file628, sizeof file628},
  {"checks/gcp/iam/default-service-account-editor.yaml", file629, sizeof file629},
  {"checks/gcp/iam/deleted-members.yaml", file630, sizeof file630},
  {"checks/gcp/iam/impersonation-folder.yaml", file631, sizeof file631},
  {"checks/gcp/iam/impersonation-organization.yaml", file632, sizeof file632},
  {"checks/gcp/iam/key-age.yaml", file633, sizeof file633},
  {"checks/gcp/iam/key-used.yaml", file634, sizeof file634},
  {"checks/gcp/iam/no-user-managed-keys.yaml", file635, sizeof file635},
  {"checks/gcp/iam/org-admin-service-account.yaml", file636, sizeof file636},
  {"checks/gcp/iam/private-mail-accounts-organization.yaml", file637, sizeof file637},
  {"checks/gcp/iam/private-mail-accounts-project.yaml", file638, sizeof file638},
  {"checks/gcp/iam/public-folder.yaml", file639, sizeof file639},
  {"checks/gcp/iam/public-organization.yaml", file640, sizeof file640},
  {"checks/gcp/iam/public-project.yaml", file641, sizeof file641},
  {"checks/gcp/iam/separate-service-account-duties.yaml", file642, sizeof file642},
  {"checks/gcp/iam/service-account-admin.yaml", file643, sizeof file643},
  {"checks/gcp/iam/service-account-public.yaml", file644, sizeof file644},
  {"checks/gcp/iam/service-account-roles-project.yaml", file645, sizeof file645},
  {"checks/gcp/iam/service-account-used.yaml", file646, sizeof file646},
  {"checks/gcp/iam/workload-identity-condition.yaml", file647, sizeof file647},
  {"checks/gcp/iam/workload-identity-whole-pool.yaml", file648, sizeof file648},
  {"checks/gcp/kms/destroy-delay.yaml", file649, sizeof file649},
  {"checks/gcp/kms/key-public.yaml", file650, sizeof file650},
  {"checks/gcp/kms/ring-public.yaml", file651, sizeof file651},
  {"checks/gcp/kms/rotation-90-days.yaml", file652, sizeof file652},
  {"checks/gcp/kms/rotation-enabled.yaml", file653, sizeof file653},
  {"checks/gcp/kms/separate-duties.yaml", file654, sizeof file654},
  {"checks/gcp/loadbalancing/armor-adaptive.yaml", file655, sizeof file655},
  {"checks/gcp/loadbalancing/certificate-expiry.yaml", file656, sizeof file656},
  {"checks/gcp/loadbalancing/cloud-armor.yaml", file657, sizeof file657},
  {"checks/gcp/loadbalancing/https-ciphers.yaml", file658, sizeof file658},
  {"checks/gcp/loadbalancing/https-redirect.yaml", file659, sizeof file659},
  {"checks/gcp/loadbalancing/idle-backend-service.yaml", file660, sizeof file660},
  {"checks/gcp/loadbalancing/logging.yaml", file661, sizeof file661},
  {"checks/gcp/loadbalancing/regional-cloud-armor.yaml", file662, sizeof file662},
  {"checks/gcp/loadbalancing/regional-logging.yaml", file663, sizeof file663},
  {"checks/gcp/loadbalancing/ssl-policy-floor.yaml", file664, sizeof file664},
  {"checks/gcp/loadbalancing/ssl-proxy-ciphers.yaml", file665, sizeof file665},
  {"checks/gcp/logging/audit-config-changes.yaml", file666, sizeof file666},
  {"checks/gcp/logging/bucket-key.yaml", file667, sizeof file667},
  {"checks/gcp/logging/bucket-locked.yaml", file668, sizeof file668},
  {"checks/gcp/logging/bucket-permission-changes.yaml", file669, sizeof file669},
  {"checks/gcp/logging/bucket-retention.yaml", file670, sizeof file670},
  {"checks/gcp/logging/compute-changes.yaml", file671, sizeof file671},
  {"checks/gcp/logging/custom-role-changes.yaml", file672, sizeof file672},
  {"checks/gcp/logging/default-sink.yaml", file673, sizeof file673},
  {"checks/gcp/logging/firewall-changes.yaml", file674, sizeof file674},
  {"checks/gcp/logging/key-changes.yaml", file675, sizeof file675},
  {"checks/gcp/logging/network-changes.yaml", file676, sizeof file676},
  {"checks/gcp/logging/owner-changes.yaml", file677, sizeof file677},
  {"checks/gcp/logging/route-changes.yaml", file678, sizeof file678},
  {"checks/gcp/logging/sink-for-everything.yaml", file679, sizeof file679},
  {"checks/gcp/logging/sql-changes.yaml", file680, sizeof file680},
  {"checks/gcp/orgpolicy/locations.yaml", file681, sizeof file681},
  {"checks/gcp/orgpolicy/member-domains.yaml", file682, sizeof file682},
  {"checks/gcp/orgpolicy/no-default-grants.yaml", file683, sizeof file683},
  {"checks/gcp/orgpolicy/no-default-network.yaml", file684, sizeof file684},
  {"checks/gcp/orgpolicy/no-external-addresses.yaml", file685, sizeof file685},
  {"checks/gcp/orgpolicy/no-key-upload.yaml", file686, sizeof file686},
  {"checks/gcp/orgpolicy/no-public-buckets.yaml", file687, sizeof file687},
  {"checks/gcp/orgpolicy/no-public-sql.yaml", file688, sizeof file688},
  {"checks/gcp/orgpolicy/no-serial-port.yaml", file689, sizeof file689},
  {"checks/gcp/orgpolicy/no-service-account-keys.yaml", file690, sizeof file690},
  {"checks/gcp/orgpolicy/no-sql-networks.yaml", file691, sizeof file691},
  {"checks/gcp/orgpolicy/os-login.yaml", file692, sizeof file692},
  {"checks/gcp/orgpolicy/shielded-vm.yaml", file693, sizeof file693},
  {"checks/gcp/orgpolicy/tls-floor.yaml", file694, sizeof file694},
  {"checks/gcp/orgpolicy/uniform-buckets.yaml", file695, sizeof file695},
  {"checks/gcp/orgpolicy/workload-identity-providers.yaml", file696, sizeof file696},
  {"checks/gcp/pubsub/dead-letters.yaml", file697, sizeof file697},
  {"checks/gcp/pubsub/push-authenticated.yaml", file698, sizeof file698},
  {"checks/gcp/pubsub/subscription-public.yaml", file699, sizeof file699},
  {"checks/gcp/pubsub/topic-key.yaml", file700, sizeof file700},
  {"checks/gcp/pubsub/topic-of-subscription.yaml", file701, sizeof file701},
  {"checks/gcp/pubsub/topic-public.yaml", file702, sizeof file702},
  {"checks/gcp/redis/auth.yaml", file703, sizeof file703},
  {"checks/gcp/redis/availability.yaml", file704, sizeof file704},
  {"checks/gcp/redis/cluster-auth.yaml", file705, sizeof file705},
  {"checks/gcp/redis/cluster-tls.yaml", file706, sizeof file706},
  {"checks/gcp/redis/customer-key.yaml", file707, sizeof file707},
  {"checks/gcp/redis/tls.yaml", file708, sizeof file708},
  {"checks/gcp/run/binary-authorization.yaml", file709, sizeof file709},
  {"checks/gcp/run/customer-key.yaml", file710, sizeof file710},
  {"checks/gcp/run/ingress.yaml", file711, sizeof file711},
  {"checks/gcp/run/job-service-account.yaml", file712, sizeof file712},
  {"checks/gcp/run/public.yaml", file713, sizeof file713},
  {"checks/gcp/run/secrets-in-environment.yaml", file714, sizeof file714},
  {"checks/gcp/run/service-account.yaml", file715, sizeof file715},
  {"checks/gcp/secretmanager/customer-key.yaml", file716, sizeof file716},
  {"checks/gcp/secretmanager/public.yaml", file717, sizeof file717},
  {"checks/gcp/secretmanager/rotation-overdue.yaml", file718, sizeof file718},
  {"checks/gcp/secretmanager/rotation.yaml", file719, sizeof file719},
  {"checks/gcp/serviceusage/asset-inventory.yaml", file720, sizeof file720},
  {"checks/gcp/serviceusage/container-analysis.yaml", file721, sizeof file721},
  {"checks/gcp/serviceusage/container-scanning.yaml", file722, sizeof file722},
  {"checks/gcp/spanner/database-key.yaml", file723, sizeof file723},
  {"checks/gcp/spanner/drop-protection.yaml", file724, sizeof file724},
  {"checks/gcp/storage/access-logs.yaml", file725, sizeof file725},
  {"checks/gcp/storage/acl-public.yaml", file726, sizeof file726},
  {"checks/gcp/storage/cors-wildcard.yaml", file727, sizeof file727},
  {"checks/gcp/storage/customer-key.yaml", file728, sizeof file728},
  {"checks/gcp/storage/default-acl-public.yaml", file729, sizeof file729},
  {"checks/gcp/storage/lifecycle.yaml", file730, sizeof file730},
  {"checks/gcp/storage/log-bucket-locked.yaml", file731, sizeof file731},
  {"checks/gcp/storage/public-access-prevention.yaml", file732, sizeof file732},
  {"checks/gcp/storage/public-access.yaml", file733, sizeof file733},
  {"checks/gcp/storage/retention-period.yaml", file734, sizeof file734},
  {"checks/gcp/storage/soft-delete.yaml", file735, sizeof file735},
  {"checks/gcp/storage/uniform-access.yaml", file736, sizeof file736},
  {"checks/gcp/storage/usage-logs.yaml", file737, sizeof file737},
  {"checks/gcp/storage/versioning.yaml", file738, sizeof file738},
  {"checks/gcp/vertexai/colab-idle.yaml", file739, sizeof file739},
  {"checks/gcp/vertexai/colab-internet.yaml", file740, sizeof file740},
  {"checks/gcp/vertexai/colab-secure-boot.yaml", file741, sizeof file741},
  {"checks/gcp/vertexai/dataset-key.yaml", file742, sizeof file742},
  {"checks/gcp/vertexai/endpoint-key.yaml", file743, sizeof file743},
  {"checks/gcp/vertexai/endpoint-private.yaml", file744, sizeof file744},
  {"checks/gcp/vertexai/model-key.yaml", file745, sizeof file745},
  {"checks/gcp/vertexai/workbench-download.yaml", file746, sizeof file746},
  {"checks/gcp/vertexai/workbench-private.yaml", file747, sizeof file747},
  {"checks/gcp/vertexai/workbench-root.yaml", file748, sizeof file748},
  {"checks/gcp/vertexai/workbench-shielded.yaml", file749, sizeof file749},
  {"checks/gcp/vertexai/workbench-terminal.yaml", file750, sizeof file750},
  {"checks/gcp/vertexai/workbench-upgrades.yaml", file751, sizeof file751},
  {"checks/gcp/vpc/all-ports-open-to-internet.yaml", file752, sizeof file752},
  {"checks/gcp/vpc/auto-mode-network.yaml", file753, sizeof file753},
  {"checks/gcp/vpc/cassandra-open-to-internet.yaml", file754, sizeof file754},
  {"checks/gcp/vpc/default-network.yaml", file755, sizeof file755},
  {"checks/gcp/vpc/dns-logging.yaml", file756, sizeof file756},
  {"checks/gcp/vpc/dns-open-to-internet.yaml", file757, sizeof file757},
  {"checks/gcp/vpc/docker-open-to-internet.yaml", file758, sizeof file758},
  {"checks/gcp/vpc/elasticsearch-open-to-internet.yaml", file759, sizeof file759},
  {"checks/gcp/vpc/firewall-logging.yaml", file760, sizeof file760},
  {"checks/gcp/vpc/flow-logs-complete.yaml", file761, sizeof file761},
  {"checks/gcp/vpc/flow-logs.yaml", file762, sizeof file762},
  {"checks/gcp/vpc/ftp-open-to-internet.yaml", file763, sizeof file763},
  {"checks/gcp/vpc/kubernetes-open-to-internet.yaml", file764, sizeof file764},
  {"checks/gcp/vpc/ldap-open-to-internet.yaml", file765, sizeof file765},
  {"checks/gcp/vpc/legacy-network.yaml", file766, sizeof file766},
  {"checks/gcp/vpc/memcached-open-to-internet.yaml", file767, sizeof file767},
  {"checks/gcp/vpc/mongodb-open-to-internet.yaml", file768, sizeof file768},
  {"checks/gcp/vpc/mysql-open-to-internet.yaml", file769, sizeof file769},
  {"checks/gcp/vpc/nat-logging.yaml", file770, sizeof file770},
  {"checks/gcp/vpc/netbios-snmp-open-to-internet.yaml", file771, sizeof file771},
  {"checks/gcp/vpc/oracle-open-to-internet.yaml", file772, sizeof file772},
  {"checks/gcp/vpc/policy-admin-ports.yaml", file773, sizeof file773},
  {"checks/gcp/vpc/postgresql-open-to-internet.yaml", file774, sizeof file774},
  {"checks/gcp/vpc/private-google-access.yaml", file775, sizeof file775},
  {"checks/gcp/vpc/rdp-open-to-internet.yaml", file776, sizeof file776},
  {"checks/gcp/vpc/redis-open-to-internet.yaml", file777, sizeof file777},
  {"checks/gcp/vpc/smb-open-to-internet.yaml", file778, sizeof file778},
  {"checks/gcp/vpc/smtp-open-to-internet.yaml", file779, sizeof file779},
  {"checks/gcp/vpc/sqlserver-open-to-internet.yaml", file780, sizeof file780},
  {"checks/gcp/vpc/ssh-open-to-internet.yaml", file781, sizeof file781},
  {"checks/gcp/vpc/telnet-open-to-internet.yaml", file782, sizeof file782},
  {"checks/gcp/vpc/vnc-open-to-internet.yaml", file783, sizeof file783},
  {"checks/gcp/vpc/vpn-ike.yaml", file784, sizeof file784},
  {"checks/gcp/vpc/winrm-open-to-internet.yaml", file785, sizeof file785},
  {"collectors/aws/accessanalyzer.yaml", file786, sizeof file786},
  {"collectors/aws/account.yaml", file787, sizeof file787},
  {"collectors/aws/acm.yaml", file788, sizeof file788},
  {"collectors/aws/apigateway.yaml", file789, sizeof file789},
  {"collectors/aws/apigatewayv2.yaml", file790, sizeof file790},
  {"collectors/aws/athena.yaml", file791, sizeof file791},
  {"collectors/aws/autoscaling.yaml", file792, sizeof file792},
  {"collectors/aws/backup.yaml", file793, sizeof file793},
  {"collectors/aws/bedrock-agent.yaml", file794, sizeof file794},
  {"collectors/aws/bedrock.yaml", file795, sizeof file795},
  {"collectors/aws/cloudformation.yaml", file796, sizeof file796},
  {"collectors/aws/cloudfront.yaml", file797, sizeof file797},
  {"collectors/aws/cloudtrail.yaml", file798, sizeof file798},
  {"collectors/aws/cloudwatch.yaml", file799, sizeof file799},
  {"collectors/aws/codebuild.yaml", file800, sizeof file800},
  {"collectors/aws/cognito-identity.yaml", file801, sizeof file801},
  {"collectors/aws/cognito-idp.yaml", file802, sizeof file802},
  {"collectors/aws/config.yaml", file803, sizeof file803},
  {"collectors/aws/dms.yaml", file804, sizeof file804},
  {"collectors/aws/docdb.yaml", file805, sizeof file805},
  {"collectors/aws/dynamodb.yaml", file806, sizeof file806},
  {"collectors/aws/ec2.yaml", file807, sizeof file807},
  {"collectors/aws/ecr.yaml", file808, sizeof file808},
  {"collectors/aws/ecs.yaml", file809, sizeof file809},
  {"collectors/aws/efs.yaml", file810, sizeof file810},
  {"collectors/aws/eks.yaml", file811, sizeof file811},
  {"collectors/aws/elasticache.yaml", file812, sizeof file812},
  {"collectors/aws/elasticbeanstalk.yaml", file813, sizeof file813},
  {"collectors/aws/elb.yaml", file814, sizeof file814},
  {"collectors/aws/elbv2.yaml", file815, sizeof file815},
  {"collectors/aws/emr.yaml", file816, sizeof file816},
  {"collectors/aws/events.yaml", file817, sizeof file817},
  {"collectors/aws/firehose.yaml", file818, sizeof file818},
  {"collectors/aws/fsx.yaml", file819, sizeof file819},
  {"collectors/aws/glue.yaml", file820, sizeof file820},
  {"collectors/aws/guardduty.yaml", file821, sizeof file821},
  {"collectors/aws/iam.yaml", file822, sizeof file822},
  {"collectors/aws/inspector2.yaml", file823, sizeof file823},
  {"collectors/aws/kafka.yaml", file824, sizeof file824},
  {"collectors/aws/kinesis.yaml", file825, sizeof file825},
  {"collectors/aws/kms.yaml", file826, sizeof file826},
  {"collectors/aws/lambda.yaml", file827, sizeof file827},
  {"collectors/aws/lightsail.yaml", file828, sizeof file828},
  {"collectors/aws/logs.yaml", file829, sizeof file829},
  {"collectors/aws/macie2.yaml", file830, sizeof file830},
  {"collectors/aws/memorydb.yaml", file831, sizeof file831},
  {"collectors/aws/mq.yaml", file832, sizeof file832},
  {"collectors/aws/neptune.yaml", file833, sizeof file833},
  {"collectors/aws/network-firewall.yaml", file834, sizeof file834},
  {"collectors/aws/opensearch.yaml", file835, sizeof file835},
  {"collectors/aws/operations/accessanalyzer.json", file836, sizeof file836},
  {"collectors/aws/operations/account.json", file837, sizeof file837},
  {"collectors/aws/operations/acm.json", file838, sizeof file838},
  {"collectors/aws/operations/apigateway.json", file839, sizeof file839},
  {"collectors/aws/operations/apigatewayv2.json", file840, sizeof file840},
  {"collectors/aws/operations/athena.json", file841, sizeof file841},
  {"collectors/aws/operations/autoscaling.json", file842, sizeof file842},
  {"collectors/aws/operations/backup.json", file843, sizeof file843},
  {"collectors/aws/operations/bedrock-agent.json", file844, sizeof file844},
  {"collectors/aws/operations/bedrock.json", file845, sizeof file845},
  {"collectors/aws/operations/cloudformation.json", file846, sizeof file846},
  {"collectors/aws/operations/cloudfront.json", file847, sizeof file847},
  {"collectors/aws/operations/cloudtrail.json", file848, sizeof file848},
  {"collectors/aws/operations/cloudwatch.json", file849, sizeof file849},
  {"collectors/aws/operations/codebuild.json", file850, sizeof file850},
  {"collectors/aws/operations/cognito-identity.json", file851, sizeof file851},
  {"collectors/aws/operations/cognito-idp.json", file852, sizeof file852},
  {"collectors/aws/operations/config.json", file853, sizeof file853},
  {"collectors/aws/operations/dms.json", file854, sizeof file854},
  {"collectors/aws/operations/docdb.json", file855, sizeof file855},
  {"collectors/aws/operations/dynamodb.json", file856, sizeof file856},
  {"collectors/aws/operations/ec2.json", file857, sizeof file857},
  {"collectors/aws/operations/ecr.json", file858, sizeof file858},
  {"collectors/aws/operations/ecs.json", file859, sizeof file859},
  {"collectors/aws/operations/efs.json", file860, sizeof file860},
  {"collectors/aws/operations/eks.json", file861, sizeof file861},
  {"collectors/aws/operations/elasticache.json", file862, sizeof file862},
  {"collectors/aws/operations/elasticbeanstalk.json", file863, sizeof file863},
  {"collectors/aws/operations/elb.json", file864, sizeof file864},
  {"collectors/aws/operations/elbv2.json", file865, sizeof file865},
  {"collectors/aws/operations/emr.json", file866, sizeof file866},
  {"collectors/aws/operations/events.json", file867, sizeof file867},
  {"collectors/aws/operations/firehose.json", file868, sizeof file868},
  {"collectors/aws/operations/fsx.json", file869, sizeof file869},
  {"collectors/aws/operations/glue.json", file870, sizeof file870},
  {"collectors/aws/operations/guardduty.json", file871, sizeof file871},
  {"collectors/aws/operations/iam.json", file872, sizeof file872},
  {"collectors/aws/operations/inspector2.json", file873, sizeof file873},
  {"collectors/aws/operations/kafka.json", file874, sizeof file874},
  {"collectors/aws/operations/kinesis.json", file875, sizeof file875},
  {"collectors/aws/operations/kms.json", file876, sizeof file876},
  {"collectors/aws/operations/lambda.json", file877, sizeof file877},
  {"collectors/aws/operations/lightsail.json", file878, sizeof file878},
  {"collectors/aws/operations/logs.json", file879, sizeof file879},
  {"collectors/aws/operations/macie2.json", file880, sizeof file880},
  {"collectors/aws/operations/memorydb.json", file881, sizeof file881},
  {"collectors/aws/operations/mq.json", file882, sizeof file882},
  {"collectors/aws/operations/neptune.json", file883, sizeof file883},
  {"collectors/aws/operations/network-firewall.json", file884, sizeof file884},
  {"collectors/aws/operations/opensearch.json", file885, sizeof file885},
  {"collectors/aws/operations/organizations.json", file886, sizeof file886},
  {"collectors/aws/operations/rds.json", file887, sizeof file887},
  {"collectors/aws/operations/redshift.json", file888, sizeof file888},
  {"collectors/aws/operations/route53.json", file889, sizeof file889},
  {"collectors/aws/operations/route53domains.json", file890, sizeof file890},
  {"collectors/aws/operations/s3.json", file891, sizeof file891},
  {"collectors/aws/operations/s3control.json", file892, sizeof file892},
  {"collectors/aws/operations/sagemaker.json", file893, sizeof file893},
  {"collectors/aws/operations/secretsmanager.json", file894, sizeof file894},
  {"collectors/aws/operations/securityhub.json", file895, sizeof file895},
  {"collectors/aws/operations/ses.json", file896, sizeof file896},
  {"collectors/aws/operations/sesv2.json", file897, sizeof file897},
  {"collectors/aws/operations/shield.json", file898, sizeof file898},
  {"collectors/aws/operations/sns.json", file899, sizeof file899},
  {"collectors/aws/operations/sqs.json", file900, sizeof file900},
  {"collectors/aws/operations/ssm.json", file901, sizeof file901},
  {"collectors/aws/operations/stepfunctions.json", file902, sizeof file902},
  {"collectors/aws/operations/sts.json", file903, sizeof file903},
  {"collectors/aws/operations/transfer.json", file904, sizeof file904},
  {"collectors/aws/operations/wafv2.json", file905, sizeof file905},
  {"collectors/aws/operations/workspaces.json", file906, sizeof file906},
  {"collectors/aws/organizations.yaml", file907, sizeof file907},
  {"collectors/aws/rds.yaml", file908, sizeof file908},
  {"collectors/aws/redshift.yaml", file909, sizeof file909},
  {"collectors/aws/route53.yaml", file910, sizeof file910},
  {"collectors/aws/route53domains.yaml", file911, sizeof file911},
  {"collectors/aws/s3.yaml", file912, sizeof file912},
  {"collectors/aws/s3control.yaml", file913, sizeof file913},
  {"collectors/aws/sagemaker.yaml", file914, sizeof file914},
  {"collectors/aws/secretsmanager.yaml", file915, sizeof file915},
  {"collectors/aws/securityhub.yaml", file916, sizeof file916},
  {"collectors/aws/ses.yaml", file917, sizeof file917},
  {"collectors/aws/sesv2.yaml", file918, sizeof file918},
  {"collectors/aws/shield.yaml", file919, sizeof file919},
  {"collectors/aws/sns.yaml", file920, sizeof file920},
  {"collectors/aws/sqs.yaml", file921, sizeof file921},
  {"collectors/aws/ssm.yaml", file922, sizeof file922},
  {"collectors/aws/stepfunctions.yaml", file923, sizeof file923},
  {"collectors/aws/transfer.yaml", file924, sizeof file924},
  {"collectors/aws/wafv2.yaml", file925, sizeof file925},
  {"collectors/aws/workspaces.yaml", file926, sizeof file926},
  {"collectors/azure/analytics.yaml", file927, sizeof file927},
  {"collectors/azure/authorization.yaml", file928, sizeof file928},
  {"collectors/azure/backup.yaml", file929, sizeof file929},
  {"collectors/azure/compute.yaml", file930, sizeof file930},
  {"collectors/azure/databases.yaml", file931, sizeof file931},
  {"collectors/azure/graph.yaml", file932, sizeof file932},
  {"collectors/azure/insights.yaml", file933, sizeof file933},
  {"collectors/azure/keyvault.yaml", file934, sizeof file934},
  {"collectors/azure/network.yaml", file935, sizeof file935},
  {"collectors/azure/privateendpoints.yaml", file936, sizeof file936},
  {"collectors/azure/security.yaml", file937, sizeof file937},
  {"collectors/azure/sql.yaml", file938, sizeof file938},
  {"collectors/azure/storage.yaml", file939, sizeof file939},
  {"collectors/azure/web.yaml", file940, sizeof file940},
  {"collectors/gcp/accessapproval.yaml", file941, sizeof file941},
  {"collectors/gcp/accesscontextmanager.yaml", file942, sizeof file942},
  {"collectors/gcp/apikeys.yaml", file943, sizeof file943},
  {"collectors/gcp/essentialcontacts.yaml", file944, sizeof file944},
  {"collectors/gcp/iam.yaml", file945, sizeof file945},
  {"collectors/gcp/logging.yaml", file946, sizeof file946},
  {"collectors/gcp/monitoring.yaml", file947, sizeof file947},
  {"collectors/gcp/orgpolicy.yaml", file948, sizeof file948},
  {"collectors/gcp/policyanalyzer.yaml", file949, sizeof file949},
  {"collectors/gcp/sqladmin.yaml", file950, sizeof file950},
  {"collectors/gcp/storage.yaml", file951, sizeof file951},
  {"defaults/aws.yaml", file952, sizeof file952},
  {"defaults/gcp.yaml", file953, sizeof file953},
  {"estates/contoso-hardened/aws.yaml", file954, sizeof file954},
  {"estates/contoso-hardened/azure.yaml", file955, sizeof file955},
  {"estates/contoso-hardened/estate.yaml", file956, sizeof file956},
  {"estates/contoso-hardened/gcp.yaml", file957, sizeof file957},
  {"estates/contoso/aws/bank.yaml", file958, sizeof file958},
  {"estates/contoso/aws/organisation.yaml", file959, sizeof file959},
  {"estates/contoso/aws/shop.yaml", file960, sizeof file960},
  {"estates/contoso/azure/compute.yaml", file961, sizeof file961},
  {"estates/contoso/azure/data.yaml", file962, sizeof file962},
  {"estates/contoso/azure/defender.yaml", file963, sizeof file963},
  {"estates/contoso/azure/directory.yaml", file964, sizeof file964},
  {"estates/contoso/azure/governance.yaml", file965, sizeof file965},
  {"estates/contoso/azure/network.yaml", file966, sizeof file966},
  {"estates/contoso/azure/storage.yaml", file967, sizeof file967},
  {"estates/contoso/estate.yaml", file968, sizeof file968},
  {"estates/contoso/gcp/bank.yaml", file969, sizeof file969},
  {"estates/contoso/gcp/organisation.yaml", file970, sizeof file970},
  {"estates/contoso/gcp/shop.yaml", file971, sizeof file971},
  {"estates/contoso/planted.yaml", file972, sizeof file972},
  {"twin/aws/operations/cloudtrail.json", file973, sizeof file973},
  {"twin/aws/operations/ec2.json", file974, sizeof file974},
  {"twin/aws/operations/iam.json", file975, sizeof file975},
  {"twin/aws/operations/kms.json", file976, sizeof file976},
  {"twin/aws/operations/lambda.json", file977, sizeof file977},
  {"twin/aws/operations/rds.json", file978, sizeof file978},
  {"twin/aws/operations/s3.json", file979, sizeof file979},
  {"twin/aws/operations/s3control.json", file980, sizeof file980},
  {"twin/aws/operations/secretsmanager.json", file981, sizeof file981},
  {"twin/aws/operations/sqs.json", file982, sizeof file982},
  {"twin/aws/reads/cloudtrail.yaml", file983, sizeof file983},
  {"twin/aws/reads/ec2.yaml", file984, sizeof file984},
  {"twin/aws/reads/iam.yaml", file985, sizeof file985},
  {"twin/aws/reads/lambda.yaml", file986, sizeof file986},
  {"twin/aws/reads/s3.yaml", file987, sizeof file987},
  {"twin/aws/reads/secretsmanager.yaml", file988, sizeof file988},
  {"twin/aws/reads/sqs.yaml", file989, sizeof file989},
  {"twin/aws/writes/cloudtrail.yaml", file990, sizeof file990},
  {"twin/aws/writes/ec2.yaml", file991, sizeof file991},
  {"twin/aws/writes/iam.yaml", file992, sizeof file992},
  {"twin/aws/writes/kms.yaml", file993, sizeof file993},
  {"twin/aws/writes/rds.yaml", file994, sizeof file994},
  {"twin/aws/writes/s3.yaml", file995, sizeof file995},
  {"twin/aws/writes/s3control.yaml", file996, sizeof file996},
};

size_t plumb_content_count(void) { return sizeof files / sizeof files[0]; }
plumb_content_file plumb_content_at(size_t index) { return files[index]; }
