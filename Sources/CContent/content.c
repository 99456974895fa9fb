// SPDX-License-Identifier: Apache-2.0
// Written by Scripts/embed-content.py; do not edit.
#include "CContent.h"

static const unsigned char file0[] = {
#embed "../../Content/azurepolicy/aliases.txt"
};
static const unsigned char file1[] = {
#embed "../../Content/checks/aws/accessanalyzer/enabled.yaml"
};
static const unsigned char file2[] = {
#embed "../../Content/checks/aws/accessanalyzer/unused-access.yaml"
};
static const unsigned char file3[] = {
#embed "../../Content/checks/aws/account/security-contact.yaml"
};
static const unsigned char file4[] = {
#embed "../../Content/checks/aws/account/separate-contacts.yaml"
};
static const unsigned char file5[] = {
#embed "../../Content/checks/aws/acm/expiry.yaml"
};
static const unsigned char file6[] = {
#embed "../../Content/checks/aws/acm/key-strength.yaml"
};
static const unsigned char file7[] = {
#embed "../../Content/checks/aws/acm/no-wildcard.yaml"
};
static const unsigned char file8[] = {
#embed "../../Content/checks/aws/acm/transparency.yaml"
};
static const unsigned char file9[] = {
#embed "../../Content/checks/aws/apigateway/access-logs.yaml"
};
static const unsigned char file10[] = {
#embed "../../Content/checks/aws/apigateway/cache-encrypted.yaml"
};
static const unsigned char file11[] = {
#embed "../../Content/checks/aws/apigateway/domain-tls.yaml"
};
static const unsigned char file12[] = {
#embed "../../Content/checks/aws/apigateway/public-without-authorization.yaml"
};
static const unsigned char file13[] = {
#embed "../../Content/checks/aws/apigateway/stage-logging.yaml"
};
static const unsigned char file14[] = {
#embed "../../Content/checks/aws/apigateway/stage-waf.yaml"
};
static const unsigned char file15[] = {
#embed "../../Content/checks/aws/apigateway/tracing.yaml"
};
static const unsigned char file16[] = {
#embed "../../Content/checks/aws/apigatewayv2/access-logs.yaml"
};
static const unsigned char file17[] = {
#embed "../../Content/checks/aws/apigatewayv2/cors.yaml"
};
static const unsigned char file18[] = {
#embed "../../Content/checks/aws/apigatewayv2/route-authorization.yaml"
};
static const unsigned char file19[] = {
#embed "../../Content/checks/aws/athena/metrics.yaml"
};
static const unsigned char file20[] = {
#embed "../../Content/checks/aws/athena/results-encrypted.yaml"
};
static const unsigned char file21[] = {
#embed "../../Content/checks/aws/athena/settings-enforced.yaml"
};
static const unsigned char file22[] = {
#embed "../../Content/checks/aws/autoscaling/elb-health-check.yaml"
};
static const unsigned char file23[] = {
#embed "../../Content/checks/aws/autoscaling/launch-configuration-encrypted.yaml"
};
static const unsigned char file24[] = {
#embed "../../Content/checks/aws/autoscaling/launch-configuration-imdsv2.yaml"
};
static const unsigned char file25[] = {
#embed "../../Content/checks/aws/autoscaling/launch-configuration-no-public-ip.yaml"
};
static const unsigned char file26[] = {
#embed "../../Content/checks/aws/autoscaling/launch-template.yaml"
};
static const unsigned char file27[] = {
#embed "../../Content/checks/aws/autoscaling/multi-az.yaml"
};
static const unsigned char file28[] = {
#embed "../../Content/checks/aws/backup/plan-exists.yaml"
};
static const unsigned char file29[] = {
#embed "../../Content/checks/aws/backup/vault-encrypted.yaml"
};
static const unsigned char file30[] = {
#embed "../../Content/checks/aws/backup/vault-locked.yaml"
};
static const unsigned char file31[] = {
#embed "../../Content/checks/aws/backup/vault-policy-not-public.yaml"
};
static const unsigned char file32[] = {
#embed "../../Content/checks/aws/bedrock/agent-encrypted.yaml"
};
static const unsigned char file33[] = {
#embed "../../Content/checks/aws/bedrock/agent-guardrail.yaml"
};
static const unsigned char file34[] = {
#embed "../../Content/checks/aws/bedrock/custom-model-encrypted.yaml"
};
static const unsigned char file35[] = {
#embed "../../Content/checks/aws/bedrock/guardrail-prompt-attack.yaml"
};
static const unsigned char file36[] = {
#embed "../../Content/checks/aws/bedrock/guardrail-sensitive-information.yaml"
};
static const unsigned char file37[] = {
#embed "../../Content/checks/aws/bedrock/invocation-logging.yaml"
};
static const unsigned char file38[] = {
#embed "../../Content/checks/aws/cloudformation/drift.yaml"
};
static const unsigned char file39[] = {
#embed "../../Content/checks/aws/cloudformation/output-secrets.yaml"
};
static const unsigned char file40[] = {
#embed "../../Content/checks/aws/cloudformation/termination-protection.yaml"
};
static const unsigned char file41[] = {
#embed "../../Content/checks/aws/cloudfront/certificate.yaml"
};
static const unsigned char file42[] = {
#embed "../../Content/checks/aws/cloudfront/default-root-object.yaml"
};
static const unsigned char file43[] = {
#embed "../../Content/checks/aws/cloudfront/geo-restriction.yaml"
};
static const unsigned char file44[] = {
#embed "../../Content/checks/aws/cloudfront/https-only.yaml"
};
static const unsigned char file45[] = {
#embed "../../Content/checks/aws/cloudfront/logging.yaml"
};
static const unsigned char file46[] = {
#embed "../../Content/checks/aws/cloudfront/origin-access-control.yaml"
};
static const unsigned char file47[] = {
#embed "../../Content/checks/aws/cloudfront/origin-tls-version.yaml"
};
static const unsigned char file48[] = {
#embed "../../Content/checks/aws/cloudfront/origin-tls.yaml"
};
static const unsigned char file49[] = {
#embed "../../Content/checks/aws/cloudfront/response-headers.yaml"
};
static const unsigned char file50[] = {
#embed "../../Content/checks/aws/cloudfront/tls-version.yaml"
};
static const unsigned char file51[] = {
#embed "../../Content/checks/aws/cloudfront/waf.yaml"
};
static const unsigned char file52[] = {
#embed "../../Content/checks/aws/cloudtrail/bucket-logging.yaml"
};
static const unsigned char file53[] = {
#embed "../../Content/checks/aws/cloudtrail/bucket-not-public.yaml"
};
static const unsigned char file54[] = {
#embed "../../Content/checks/aws/cloudtrail/cloudwatch-logs.yaml"
};
static const unsigned char file55[] = {
#embed "../../Content/checks/aws/cloudtrail/encrypted.yaml"
};
static const unsigned char file56[] = {
#embed "../../Content/checks/aws/cloudtrail/insights.yaml"
};
static const unsigned char file57[] = {
#embed "../../Content/checks/aws/cloudtrail/multi-region.yaml"
};
static const unsigned char file58[] = {
#embed "../../Content/checks/aws/cloudtrail/s3-read-events.yaml"
};
static const unsigned char file59[] = {
#embed "../../Content/checks/aws/cloudtrail/s3-write-events.yaml"
};
static const unsigned char file60[] = {
#embed "../../Content/checks/aws/cloudtrail/trail-multi-region.yaml"
};
static const unsigned char file61[] = {
#embed "../../Content/checks/aws/cloudtrail/validated.yaml"
};
static const unsigned char file62[] = {
#embed "../../Content/checks/aws/cloudwatch/alarm-actions-on.yaml"
};
static const unsigned char file63[] = {
#embed "../../Content/checks/aws/cloudwatch/alarm-notifies.yaml"
};
static const unsigned char file64[] = {
#embed "../../Content/checks/aws/cloudwatch/bucket-policy-changes.yaml"
};
static const unsigned char file65[] = {
#embed "../../Content/checks/aws/cloudwatch/config-changes.yaml"
};
static const unsigned char file66[] = {
#embed "../../Content/checks/aws/cloudwatch/gateway-changes.yaml"
};
static const unsigned char file67[] = {
#embed "../../Content/checks/aws/cloudwatch/iam-policy-changes.yaml"
};
static const unsigned char file68[] = {
#embed "../../Content/checks/aws/cloudwatch/key-deletion.yaml"
};
static const unsigned char file69[] = {
#embed "../../Content/checks/aws/cloudwatch/network-acl-changes.yaml"
};
static const unsigned char file70[] = {
#embed "../../Content/checks/aws/cloudwatch/organization-changes.yaml"
};
static const unsigned char file71[] = {
#embed "../../Content/checks/aws/cloudwatch/root-usage.yaml"
};
static const unsigned char file72[] = {
#embed "../../Content/checks/aws/cloudwatch/route-changes.yaml"
};
static const unsigned char file73[] = {
#embed "../../Content/checks/aws/cloudwatch/security-group-changes.yaml"
};
static const unsigned char file74[] = {
#embed "../../Content/checks/aws/cloudwatch/sign-in-failures.yaml"
};
static const unsigned char file75[] = {
#embed "../../Content/checks/aws/cloudwatch/sign-in-without-mfa.yaml"
};
static const unsigned char file76[] = {
#embed "../../Content/checks/aws/cloudwatch/trail-changes.yaml"
};
static const unsigned char file77[] = {
#embed "../../Content/checks/aws/cloudwatch/unauthorized-calls.yaml"
};
static const unsigned char file78[] = {
#embed "../../Content/checks/aws/cloudwatch/vpc-changes.yaml"
};
static const unsigned char file79[] = {
#embed "../../Content/checks/aws/codebuild/environment-secrets.yaml"
};
static const unsigned char file80[] = {
#embed "../../Content/checks/aws/codebuild/logging.yaml"
};
static const unsigned char file81[] = {
#embed "../../Content/checks/aws/codebuild/no-personal-tokens.yaml"
};
static const unsigned char file82[] = {
#embed "../../Content/checks/aws/codebuild/no-privileged.yaml"
};
static const unsigned char file83[] = {
#embed "../../Content/checks/aws/codebuild/not-public.yaml"
};
static const unsigned char file84[] = {
#embed "../../Content/checks/aws/codebuild/own-key.yaml"
};
static const unsigned char file85[] = {
#embed "../../Content/checks/aws/codebuild/report-group-encrypted.yaml"
};
static const unsigned char file86[] = {
#embed "../../Content/checks/aws/codebuild/s3-logs-encrypted.yaml"
};
static const unsigned char file87[] = {
#embed "../../Content/checks/aws/codebuild/source-credentials.yaml"
};
static const unsigned char file88[] = {
#embed "../../Content/checks/aws/cognito/client-hides-users.yaml"
};
static const unsigned char file89[] = {
#embed "../../Content/checks/aws/cognito/client-https-callbacks.yaml"
};
static const unsigned char file90[] = {
#embed "../../Content/checks/aws/cognito/client-no-implicit-flow.yaml"
};
static const unsigned char file91[] = {
#embed "../../Content/checks/aws/cognito/client-token-revocation.yaml"
};
static const unsigned char file92[] = {
#embed "../../Content/checks/aws/cognito/identity-pool-classic-flow.yaml"
};
static const unsigned char file93[] = {
#embed "../../Content/checks/aws/cognito/identity-pool-guests.yaml"
};
static const unsigned char file94[] = {
#embed "../../Content/checks/aws/cognito/user-pool-deletion-protection.yaml"
};
static const unsigned char file95[] = {
#embed "../../Content/checks/aws/cognito/user-pool-mfa.yaml"
};
static const unsigned char file96[] = {
#embed "../../Content/checks/aws/cognito/user-pool-password.yaml"
};
static const unsigned char file97[] = {
#embed "../../Content/checks/aws/cognito/user-pool-threat-protection.yaml"
};
static const unsigned char file98[] = {
#embed "../../Content/checks/aws/config/aggregator-all-regions.yaml"
};
static const unsigned char file99[] = {
#embed "../../Content/checks/aws/config/recorder-on.yaml"
};
static const unsigned char file100[] = {
#embed "../../Content/checks/aws/config/recorder-role.yaml"
};
static const unsigned char file101[] = {
#embed "../../Content/checks/aws/dms/endpoint-mongodb-authentication.yaml"
};
static const unsigned char file102[] = {
#embed "../../Content/checks/aws/dms/endpoint-redis-tls.yaml"
};
static const unsigned char file103[] = {
#embed "../../Content/checks/aws/dms/endpoint-tls.yaml"
};
static const unsigned char file104[] = {
#embed "../../Content/checks/aws/dms/instance-not-public.yaml"
};
static const unsigned char file105[] = {
#embed "../../Content/checks/aws/dms/minor-version-upgrade.yaml"
};
static const unsigned char file106[] = {
#embed "../../Content/checks/aws/dms/multi-az.yaml"
};
static const unsigned char file107[] = {
#embed "../../Content/checks/aws/docdb/cluster-backup-retention.yaml"
};
static const unsigned char file108[] = {
#embed "../../Content/checks/aws/docdb/cluster-deletion-protection.yaml"
};
static const unsigned char file109[] = {
#embed "../../Content/checks/aws/docdb/cluster-encrypted.yaml"
};
static const unsigned char file110[] = {
#embed "../../Content/checks/aws/docdb/cluster-logs-exported.yaml"
};
static const unsigned char file111[] = {
#embed "../../Content/checks/aws/docdb/cluster-multi-az.yaml"
};
static const unsigned char file112[] = {
#embed "../../Content/checks/aws/docdb/cluster-own-key.yaml"
};
static const unsigned char file113[] = {
#embed "../../Content/checks/aws/docdb/cluster-tls.yaml"
};
static const unsigned char file114[] = {
#embed "../../Content/checks/aws/docdb/snapshot-not-public.yaml"
};
static const unsigned char file115[] = {
#embed "../../Content/checks/aws/dynamodb/backup-plan.yaml"
};
static const unsigned char file116[] = {
#embed "../../Content/checks/aws/dynamodb/deletion-protection.yaml"
};
static const unsigned char file117[] = {
#embed "../../Content/checks/aws/dynamodb/kms-encryption.yaml"
};
static const unsigned char file118[] = {
#embed "../../Content/checks/aws/dynamodb/own-key.yaml"
};
static const unsigned char file119[] = {
#embed "../../Content/checks/aws/dynamodb/point-in-time-recovery.yaml"
};
static const unsigned char file120[] = {
#embed "../../Content/checks/aws/dynamodb/policy-not-public.yaml"
};
static const unsigned char file121[] = {
#embed "../../Content/checks/aws/ec2/address-used.yaml"
};
static const unsigned char file122[] = {
#embed "../../Content/checks/aws/ec2/all-ports-open-to-internet.yaml"
};
static const unsigned char file123[] = {
#embed "../../Content/checks/aws/ec2/cassandra-open-to-internet.yaml"
};
static const unsigned char file124[] = {
#embed "../../Content/checks/aws/ec2/cifs-open-to-internet.yaml"
};
static const unsigned char file125[] = {
#embed "../../Content/checks/aws/ec2/default-security-group-closed.yaml"
};
static const unsigned char file126[] = {
#embed "../../Content/checks/aws/ec2/detailed-monitoring.yaml"
};
static const unsigned char file127[] = {
#embed "../../Content/checks/aws/ec2/docker-open-to-internet.yaml"
};
static const unsigned char file128[] = {
#embed "../../Content/checks/aws/ec2/ebs-default-encryption.yaml"
};
static const unsigned char file129[] = {
#embed "../../Content/checks/aws/ec2/egress-to-internet.yaml"
};
static const unsigned char file130[] = {
#embed "../../Content/checks/aws/ec2/elasticsearch-open-to-internet.yaml"
};
static const unsigned char file131[] = {
#embed "../../Content/checks/aws/ec2/ftp-open-to-internet.yaml"
};
static const unsigned char file132[] = {
#embed "../../Content/checks/aws/ec2/http-open-to-internet.yaml"
};
static const unsigned char file133[] = {
#embed "../../Content/checks/aws/ec2/image-block-public.yaml"
};
static const unsigned char file134[] = {
#embed "../../Content/checks/aws/ec2/image-encrypted.yaml"
};
static const unsigned char file135[] = {
#embed "../../Content/checks/aws/ec2/image-not-public.yaml"
};
static const unsigned char file136[] = {
#embed "../../Content/checks/aws/ec2/imds-default.yaml"
};
static const unsigned char file137[] = {
#embed "../../Content/checks/aws/ec2/imdsv2-required.yaml"
};
static const unsigned char file138[] = {
#embed "../../Content/checks/aws/ec2/instance-no-public-ip.yaml"
};
static const unsigned char file139[] = {
#embed "../../Content/checks/aws/ec2/instance-role.yaml"
};
static const unsigned char file140[] = {
#embed "../../Content/checks/aws/ec2/kafka-open-to-internet.yaml"
};
static const unsigned char file141[] = {
#embed "../../Content/checks/aws/ec2/launch-template-imdsv2.yaml"
};
static const unsigned char file142[] = {
#embed "../../Content/checks/aws/ec2/launch-template-no-public-ip.yaml"
};
static const unsigned char file143[] = {
#embed "../../Content/checks/aws/ec2/ldap-open-to-internet.yaml"
};
static const unsigned char file144[] = {
#embed "../../Content/checks/aws/ec2/managed-by-ssm.yaml"
};
static const unsigned char file145[] = {
#embed "../../Content/checks/aws/ec2/memcached-open-to-internet.yaml"
};
static const unsigned char file146[] = {
#embed "../../Content/checks/aws/ec2/metadata-hop-limit.yaml"
};
static const unsigned char file147[] = {
#embed "../../Content/checks/aws/ec2/mongodb-open-to-internet.yaml"
};
static const unsigned char file148[] = {
#embed "../../Content/checks/aws/ec2/mysql-open-to-internet.yaml"
};
static const unsigned char file149[] = {
#embed "../../Content/checks/aws/ec2/nat-gateway-used.yaml"
};
static const unsigned char file150[] = {
#embed "../../Content/checks/aws/ec2/network-acl-admin-ports.yaml"
};
static const unsigned char file151[] = {
#embed "../../Content/checks/aws/ec2/network-acl-used.yaml"
};
static const unsigned char file152[] = {
#embed "../../Content/checks/aws/ec2/oracle-open-to-internet.yaml"
};
static const unsigned char file153[] = {
#embed "../../Content/checks/aws/ec2/postgresql-open-to-internet.yaml"
};
static const unsigned char file154[] = {
#embed "../../Content/checks/aws/ec2/rdp-open-to-internet.yaml"
};
static const unsigned char file155[] = {
#embed "../../Content/checks/aws/ec2/redis-open-to-internet.yaml"
};
static const unsigned char file156[] = {
#embed "../../Content/checks/aws/ec2/security-group-launch-wizard.yaml"
};
static const unsigned char file157[] = {
#embed "../../Content/checks/aws/ec2/security-group-used.yaml"
};
static const unsigned char file158[] = {
#embed "../../Content/checks/aws/ec2/serial-console-off.yaml"
};
static const unsigned char file159[] = {
#embed "../../Content/checks/aws/ec2/snapshot-age.yaml"
};
static const unsigned char file160[] = {
#embed "../../Content/checks/aws/ec2/snapshot-block-public.yaml"
};
static const unsigned char file161[] = {
#embed "../../Content/checks/aws/ec2/snapshot-encrypted.yaml"
};
static const unsigned char file162[] = {
#embed "../../Content/checks/aws/ec2/snapshot-not-public.yaml"
};
static const unsigned char file163[] = {
#embed "../../Content/checks/aws/ec2/sql-server-open-to-internet.yaml"
};
static const unsigned char file164[] = {
#embed "../../Content/checks/aws/ec2/ssh-open-to-internet.yaml"
};
static const unsigned char file165[] = {
#embed "../../Content/checks/aws/ec2/subnet-no-auto-public-ip.yaml"
};
static const unsigned char file166[] = {
#embed "../../Content/checks/aws/ec2/telnet-open-to-internet.yaml"
};
static const unsigned char file167[] = {
#embed "../../Content/checks/aws/ec2/transit-gateway-auto-accept.yaml"
};
static const unsigned char file168[] = {
#embed "../../Content/checks/aws/ec2/vnc-open-to-internet.yaml"
};
static const unsigned char file169[] = {
#embed "../../Content/checks/aws/ec2/volume-attached.yaml"
};
static const unsigned char file170[] = {
#embed "../../Content/checks/aws/ec2/volume-backup-plan.yaml"
};
static const unsigned char file171[] = {
#embed "../../Content/checks/aws/ec2/volume-encrypted.yaml"
};
static const unsigned char file172[] = {
#embed "../../Content/checks/aws/ec2/volume-generation.yaml"
};
static const unsigned char file173[] = {
#embed "../../Content/checks/aws/ec2/volume-own-key.yaml"
};
static const unsigned char file174[] = {
#embed "../../Content/checks/aws/ec2/winrm-open-to-internet.yaml"
};
static const unsigned char file175[] = {
#embed "../../Content/checks/aws/ecr/immutable-tags.yaml"
};
static const unsigned char file176[] = {
#embed "../../Content/checks/aws/ecr/lifecycle.yaml"
};
static const unsigned char file177[] = {
#embed "../../Content/checks/aws/ecr/own-key.yaml"
};
static const unsigned char file178[] = {
#embed "../../Content/checks/aws/ecr/policy-not-public.yaml"
};
static const unsigned char file179[] = {
#embed "../../Content/checks/aws/ecr/scan-on-push.yaml"
};
static const unsigned char file180[] = {
#embed "../../Content/checks/aws/ecs/container-insights.yaml"
};
static const unsigned char file181[] = {
#embed "../../Content/checks/aws/ecs/efs-in-transit.yaml"
};
static const unsigned char file182[] = {
#embed "../../Content/checks/aws/ecs/environment-secrets.yaml"
};
static const unsigned char file183[] = {
#embed "../../Content/checks/aws/ecs/exec-audited.yaml"
};
static const unsigned char file184[] = {
#embed "../../Content/checks/aws/ecs/fargate-platform.yaml"
};
static const unsigned char file185[] = {
#embed "../../Content/checks/aws/ecs/host-namespaces.yaml"
};
static const unsigned char file186[] = {
#embed "../../Content/checks/aws/ecs/host-network-root.yaml"
};
static const unsigned char file187[] = {
#embed "../../Content/checks/aws/ecs/logging.yaml"
};
static const unsigned char file188[] = {
#embed "../../Content/checks/aws/ecs/no-privileged-container.yaml"
};
static const unsigned char file189[] = {
#embed "../../Content/checks/aws/ecs/read-only-root.yaml"
};
static const unsigned char file190[] = {
#embed "../../Content/checks/aws/ecs/service-no-public-ip.yaml"
};
static const unsigned char file191[] = {
#embed "../../Content/checks/aws/efs/access-point-root.yaml"
};
static const unsigned char file192[] = {
#embed "../../Content/checks/aws/efs/access-point-user.yaml"
};
static const unsigned char file193[] = {
#embed "../../Content/checks/aws/efs/backup.yaml"
};
static const unsigned char file194[] = {
#embed "../../Content/checks/aws/efs/encrypted.yaml"
};
static const unsigned char file195[] = {
#embed "../../Content/checks/aws/efs/mount-target-private.yaml"
};
static const unsigned char file196[] = {
#embed "../../Content/checks/aws/efs/own-key.yaml"
};
static const unsigned char file197[] = {
#embed "../../Content/checks/aws/efs/policy-not-public.yaml"
};
static const unsigned char file198[] = {
#embed "../../Content/checks/aws/eks/access-entries.yaml"
};
static const unsigned char file199[] = {
#embed "../../Content/checks/aws/eks/control-plane-logs.yaml"
};
static const unsigned char file200[] = {
#embed "../../Content/checks/aws/eks/deletion-protection.yaml"
};
static const unsigned char file201[] = {
#embed "../../Content/checks/aws/eks/endpoint-not-public.yaml"
};
static const unsigned char file202[] = {
#embed "../../Content/checks/aws/eks/endpoint-off.yaml"
};
static const unsigned char file203[] = {
#embed "../../Content/checks/aws/eks/endpoint-private.yaml"
};
static const unsigned char file204[] = {
#embed "../../Content/checks/aws/eks/node-ssh.yaml"
};
static const unsigned char file205[] = {
#embed "../../Content/checks/aws/eks/secrets-encrypted.yaml"
};
static const unsigned char file206[] = {
#embed "../../Content/checks/aws/eks/version-supported.yaml"
};
static const unsigned char file207[] = {
#embed "../../Content/checks/aws/elasticache/authentication.yaml"
};
static const unsigned char file208[] = {
#embed "../../Content/checks/aws/elasticache/backups.yaml"
};
static const unsigned char file209[] = {
#embed "../../Content/checks/aws/elasticache/encrypted-at-rest.yaml"
};
static const unsigned char file210[] = {
#embed "../../Content/checks/aws/elasticache/encrypted-in-transit.yaml"
};
static const unsigned char file211[] = {
#embed "../../Content/checks/aws/elasticache/failover.yaml"
};
static const unsigned char file212[] = {
#embed "../../Content/checks/aws/elasticache/memcached-in-transit.yaml"
};
static const unsigned char file213[] = {
#embed "../../Content/checks/aws/elasticache/minor-version-upgrade.yaml"
};
static const unsigned char file214[] = {
#embed "../../Content/checks/aws/elasticache/multi-az.yaml"
};
static const unsigned char file215[] = {
#embed "../../Content/checks/aws/elasticache/own-key.yaml"
};
static const unsigned char file216[] = {
#embed "../../Content/checks/aws/elasticache/own-subnet-group.yaml"
};
static const unsigned char file217[] = {
#embed "../../Content/checks/aws/elasticache/serverless-users.yaml"
};
static const unsigned char file218[] = {
#embed "../../Content/checks/aws/elasticache/user-password.yaml"
};
static const unsigned char file219[] = {
#embed "../../Content/checks/aws/elasticbeanstalk/enhanced-health.yaml"
};
static const unsigned char file220[] = {
#embed "../../Content/checks/aws/elasticbeanstalk/logs-streamed.yaml"
};
static const unsigned char file221[] = {
#embed "../../Content/checks/aws/elasticbeanstalk/managed-updates.yaml"
};
static const unsigned char file222[] = {
#embed "../../Content/checks/aws/elb/access-logs.yaml"
};
static const unsigned char file223[] = {
#embed "../../Content/checks/aws/elb/cross-zone.yaml"
};
static const unsigned char file224[] = {
#embed "../../Content/checks/aws/elb/desync-mitigation.yaml"
};
static const unsigned char file225[] = {
#embed "../../Content/checks/aws/elb/tls-listeners.yaml"
};
static const unsigned char file226[] = {
#embed "../../Content/checks/aws/elb/used.yaml"
};
static const unsigned char file227[] = {
#embed "../../Content/checks/aws/elbv2/access-logs.yaml"
};
static const unsigned char file228[] = {
#embed "../../Content/checks/aws/elbv2/deletion-protection.yaml"
};
static const unsigned char file229[] = {
#embed "../../Content/checks/aws/elbv2/desync-mitigation.yaml"
};
static const unsigned char file230[] = {
#embed "../../Content/checks/aws/elbv2/drop-invalid-headers.yaml"
};
static const unsigned char file231[] = {
#embed "../../Content/checks/aws/elbv2/http-redirects.yaml"
};
static const unsigned char file232[] = {
#embed "../../Content/checks/aws/elbv2/multi-az.yaml"
};
static const unsigned char file233[] = {
#embed "../../Content/checks/aws/elbv2/tls-policy.yaml"
};
static const unsigned char file234[] = {
#embed "../../Content/checks/aws/elbv2/used.yaml"
};
static const unsigned char file235[] = {
#embed "../../Content/checks/aws/elbv2/waf-attached.yaml"
};
static const unsigned char file236[] = {
#embed "../../Content/checks/aws/emr/block-public-access.yaml"
};
static const unsigned char file237[] = {
#embed "../../Content/checks/aws/emr/cluster-logs.yaml"
};
static const unsigned char file238[] = {
#embed "../../Content/checks/aws/emr/cluster-security-configuration.yaml"
};
static const unsigned char file239[] = {
#embed "../../Content/checks/aws/emr/configuration-at-rest.yaml"
};
static const unsigned char file240[] = {
#embed "../../Content/checks/aws/emr/configuration-in-transit.yaml"
};
static const unsigned char file241[] = {
#embed "../../Content/checks/aws/events/bus-not-public.yaml"
};
static const unsigned char file242[] = {
#embed "../../Content/checks/aws/firehose/encrypted.yaml"
};
static const unsigned char file243[] = {
#embed "../../Content/checks/aws/fsx/backups.yaml"
};
static const unsigned char file244[] = {
#embed "../../Content/checks/aws/fsx/copy-tags.yaml"
};
static const unsigned char file245[] = {
#embed "../../Content/checks/aws/fsx/windows-audit.yaml"
};
static const unsigned char file246[] = {
#embed "../../Content/checks/aws/glue/catalog-encrypted.yaml"
};
static const unsigned char file247[] = {
#embed "../../Content/checks/aws/glue/catalog-not-public.yaml"
};
static const unsigned char file248[] = {
#embed "../../Content/checks/aws/glue/connection-passwords-encrypted.yaml"
};
static const unsigned char file249[] = {
#embed "../../Content/checks/aws/glue/connection-tls.yaml"
};
static const unsigned char file250[] = {
#embed "../../Content/checks/aws/glue/crawler-security-configuration.yaml"
};
static const unsigned char file251[] = {
#embed "../../Content/checks/aws/glue/dev-endpoint-private.yaml"
};
static const unsigned char file252[] = {
#embed "../../Content/checks/aws/glue/job-security-configuration.yaml"
};
static const unsigned char file253[] = {
#embed "../../Content/checks/aws/glue/ml-transform-encrypted.yaml"
};
static const unsigned char file254[] = {
#embed "../../Content/checks/aws/glue/security-configuration-complete.yaml"
};
static const unsigned char file255[] = {
#embed "../../Content/checks/aws/guardduty/eks-audit-logs.yaml"
};
static const unsigned char file256[] = {
#embed "../../Content/checks/aws/guardduty/enabled.yaml"
};
static const unsigned char file257[] = {
#embed "../../Content/checks/aws/guardduty/lambda-protection.yaml"
};
static const unsigned char file258[] = {
#embed "../../Content/checks/aws/guardduty/malware-protection.yaml"
};
static const unsigned char file259[] = {
#embed "../../Content/checks/aws/guardduty/organization-auto-enable.yaml"
};
static const unsigned char file260[] = {
#embed "../../Content/checks/aws/guardduty/rds-protection.yaml"
};
static const unsigned char file261[] = {
#embed "../../Content/checks/aws/guardduty/runtime-monitoring.yaml"
};
static const unsigned char file262[] = {
#embed "../../Content/checks/aws/guardduty/s3-protection.yaml"
};
static const unsigned char file263[] = {
#embed "../../Content/checks/aws/iam/access-key-age.yaml"
};
static const unsigned char file264[] = {
#embed "../../Content/checks/aws/iam/access-key-used.yaml"
};
static const unsigned char file265[] = {
#embed "../../Content/checks/aws/iam/console-access-used.yaml"
};
static const unsigned char file266[] = {
#embed "../../Content/checks/aws/iam/federated-sign-in.yaml"
};
static const unsigned char file267[] = {
#embed "../../Content/checks/aws/iam/group-administrator-access.yaml"
};
static const unsigned char file268[] = {
#embed "../../Content/checks/aws/iam/group-iam-full-access.yaml"
};
static const unsigned char file269[] = {
#embed "../../Content/checks/aws/iam/group-inline-admin.yaml"
};
static const unsigned char file270[] = {
#embed "../../Content/checks/aws/iam/group-inline-escalation.yaml"
};
static const unsigned char file271[] = {
#embed "../../Content/checks/aws/iam/group-inline-full-iam.yaml"
};
static const unsigned char file272[] = {
#embed "../../Content/checks/aws/iam/no-admin-policy.yaml"
};
static const unsigned char file273[] = {
#embed "../../Content/checks/aws/iam/no-cloudshell-full-access.yaml"
};
static const unsigned char file274[] = {
#embed "../../Content/checks/aws/iam/one-active-key.yaml"
};
static const unsigned char file275[] = {
#embed "../../Content/checks/aws/iam/password-expiry.yaml"
};
static const unsigned char file276[] = {
#embed "../../Content/checks/aws/iam/password-length.yaml"
};
static const unsigned char file277[] = {
#embed "../../Content/checks/aws/iam/password-lowercase.yaml"
};
static const unsigned char file278[] = {
#embed "../../Content/checks/aws/iam/password-number.yaml"
};
static const unsigned char file279[] = {
#embed "../../Content/checks/aws/iam/password-reuse.yaml"
};
static const unsigned char file280[] = {
#embed "../../Content/checks/aws/iam/password-symbol.yaml"
};
static const unsigned char file281[] = {
#embed "../../Content/checks/aws/iam/password-uppercase.yaml"
};
static const unsigned char file282[] = {
#embed "../../Content/checks/aws/iam/policies-by-group.yaml"
};
static const unsigned char file283[] = {
#embed "../../Content/checks/aws/iam/policy-all-actions.yaml"
};
static const unsigned char file284[] = {
#embed "../../Content/checks/aws/iam/policy-assume-any-role.yaml"
};
static const unsigned char file285[] = {
#embed "../../Content/checks/aws/iam/policy-credentials-exposure.yaml"
};
static const unsigned char file286[] = {
#embed "../../Content/checks/aws/iam/policy-data-exfiltration.yaml"
};
static const unsigned char file287[] = {
#embed "../../Content/checks/aws/iam/policy-full-cloudtrail.yaml"
};
static const unsigned char file288[] = {
#embed "../../Content/checks/aws/iam/policy-full-iam.yaml"
};
static const unsigned char file289[] = {
#embed "../../Content/checks/aws/iam/policy-full-kms.yaml"
};
static const unsigned char file290[] = {
#embed "../../Content/checks/aws/iam/policy-iam-full-access.yaml"
};
static const unsigned char file291[] = {
#embed "../../Content/checks/aws/iam/policy-passrole-any.yaml"
};
static const unsigned char file292[] = {
#embed "../../Content/checks/aws/iam/policy-permissions-management.yaml"
};
static const unsigned char file293[] = {
#embed "../../Content/checks/aws/iam/policy-privilege-escalation.yaml"
};
static const unsigned char file294[] = {
#embed "../../Content/checks/aws/iam/policy-public-principal.yaml"
};
static const unsigned char file295[] = {
#embed "../../Content/checks/aws/iam/policy-write-unlimited.yaml"
};
static const unsigned char file296[] = {
#embed "../../Content/checks/aws/iam/role-administrator-access.yaml"
};
static const unsigned char file297[] = {
#embed "../../Content/checks/aws/iam/role-external-id.yaml"
};
static const unsigned char file298[] = {
#embed "../../Content/checks/aws/iam/role-iam-full-access.yaml"
};
static const unsigned char file299[] = {
#embed "../../Content/checks/aws/iam/role-inline-admin.yaml"
};
static const unsigned char file300[] = {
#embed "../../Content/checks/aws/iam/role-inline-escalation.yaml"
};
static const unsigned char file301[] = {
#embed "../../Content/checks/aws/iam/role-inline-full-iam.yaml"
};
static const unsigned char file302[] = {
#embed "../../Content/checks/aws/iam/role-oidc-subject.yaml"
};
static const unsigned char file303[] = {
#embed "../../Content/checks/aws/iam/role-trust-public.yaml"
};
static const unsigned char file304[] = {
#embed "../../Content/checks/aws/iam/role-used.yaml"
};
static const unsigned char file305[] = {
#embed "../../Content/checks/aws/iam/root-hardware-mfa.yaml"
};
static const unsigned char file306[] = {
#embed "../../Content/checks/aws/iam/root-mfa.yaml"
};
static const unsigned char file307[] = {
#embed "../../Content/checks/aws/iam/root-no-access-keys.yaml"
};
static const unsigned char file308[] = {
#embed "../../Content/checks/aws/iam/root-not-used.yaml"
};
static const unsigned char file309[] = {
#embed "../../Content/checks/aws/iam/saml-provider-valid.yaml"
};
static const unsigned char file310[] = {
#embed "../../Content/checks/aws/iam/server-certificate-valid.yaml"
};
static const unsigned char file311[] = {
#embed "../../Content/checks/aws/iam/support-role.yaml"
};
static const unsigned char file312[] = {
#embed "../../Content/checks/aws/iam/unused-first-key.yaml"
};
static const unsigned char file313[] = {
#embed "../../Content/checks/aws/iam/user-administrator-access.yaml"
};
static const unsigned char file314[] = {
#embed "../../Content/checks/aws/iam/user-iam-full-access.yaml"
};
static const unsigned char file315[] = {
#embed "../../Content/checks/aws/iam/user-inline-admin.yaml"
};
static const unsigned char file316[] = {
#embed "../../Content/checks/aws/iam/user-inline-escalation.yaml"
};
static const unsigned char file317[] = {
#embed "../../Content/checks/aws/iam/user-inline-full-iam.yaml"
};
static const unsigned char file318[] = {
#embed "../../Content/checks/aws/iam/user-mfa.yaml"
};
static const unsigned char file319[] = {
#embed "../../Content/checks/aws/inspector/all-resources.yaml"
};
static const unsigned char file320[] = {
#embed "../../Content/checks/aws/inspector/enabled.yaml"
};
static const unsigned char file321[] = {
#embed "../../Content/checks/aws/kafka/authenticated.yaml"
};
static const unsigned char file322[] = {
#embed "../../Content/checks/aws/kafka/logs.yaml"
};
static const unsigned char file323[] = {
#embed "../../Content/checks/aws/kafka/not-public.yaml"
};
static const unsigned char file324[] = {
#embed "../../Content/checks/aws/kafka/tls.yaml"
};
static const unsigned char file325[] = {
#embed "../../Content/checks/aws/kinesis/encrypted.yaml"
};
static const unsigned char file326[] = {
#embed "../../Content/checks/aws/kinesis/policy-not-public.yaml"
};
static const unsigned char file327[] = {
#embed "../../Content/checks/aws/kinesis/retention.yaml"
};
static const unsigned char file328[] = {
#embed "../../Content/checks/aws/kms/key-rotation.yaml"
};
static const unsigned char file329[] = {
#embed "../../Content/checks/aws/kms/not-pending-deletion.yaml"
};
static const unsigned char file330[] = {
#embed "../../Content/checks/aws/kms/policy-defined.yaml"
};
static const unsigned char file331[] = {
#embed "../../Content/checks/aws/kms/policy-not-public.yaml"
};
static const unsigned char file332[] = {
#embed "../../Content/checks/aws/kms/single-region.yaml"
};
static const unsigned char file333[] = {
#embed "../../Content/checks/aws/kms/used.yaml"
};
static const unsigned char file334[] = {
#embed "../../Content/checks/aws/lambda/dead-letter.yaml"
};
static const unsigned char file335[] = {
#embed "../../Content/checks/aws/lambda/environment-encrypted.yaml"
};
static const unsigned char file336[] = {
#embed "../../Content/checks/aws/lambda/environment-secrets.yaml"
};
static const unsigned char file337[] = {
#embed "../../Content/checks/aws/lambda/foreign-layers.yaml"
};
static const unsigned char file338[] = {
#embed "../../Content/checks/aws/lambda/in-vpc.yaml"
};
static const unsigned char file339[] = {
#embed "../../Content/checks/aws/lambda/permission-source.yaml"
};
static const unsigned char file340[] = {
#embed "../../Content/checks/aws/lambda/policy-not-public.yaml"
};
static const unsigned char file341[] = {
#embed "../../Content/checks/aws/lambda/runtime-supported.yaml"
};
static const unsigned char file342[] = {
#embed "../../Content/checks/aws/lambda/tracing.yaml"
};
static const unsigned char file343[] = {
#embed "../../Content/checks/aws/lambda/url-authenticated.yaml"
};
static const unsigned char file344[] = {
#embed "../../Content/checks/aws/lambda/url-cors.yaml"
};
static const unsigned char file345[] = {
#embed "../../Content/checks/aws/lambda/vpc-two-zones.yaml"
};
static const unsigned char file346[] = {
#embed "../../Content/checks/aws/lightsail/balancer-https.yaml"
};
static const unsigned char file347[] = {
#embed "../../Content/checks/aws/lightsail/bucket-not-public.yaml"
};
static const unsigned char file348[] = {
#embed "../../Content/checks/aws/lightsail/database-backups.yaml"
};
static const unsigned char file349[] = {
#embed "../../Content/checks/aws/lightsail/database-not-public.yaml"
};
static const unsigned char file350[] = {
#embed "../../Content/checks/aws/lightsail/instance-admin-ports.yaml"
};
static const unsigned char file351[] = {
#embed "../../Content/checks/aws/lightsail/instance-snapshots.yaml"
};
static const unsigned char file352[] = {
#embed "../../Content/checks/aws/logs/encrypted-with-key.yaml"
};
static const unsigned char file353[] = {
#embed "../../Content/checks/aws/logs/retention-set.yaml"
};
static const unsigned char file354[] = {
#embed "../../Content/checks/aws/logs/retention.yaml"
};
static const unsigned char file355[] = {
#embed "../../Content/checks/aws/macie/enabled.yaml"
};
static const unsigned char file356[] = {
#embed "../../Content/checks/aws/memorydb/access-list.yaml"
};
static const unsigned char file357[] = {
#embed "../../Content/checks/aws/memorydb/minor-version-upgrade.yaml"
};
static const unsigned char file358[] = {
#embed "../../Content/checks/aws/memorydb/snapshots.yaml"
};
static const unsigned char file359[] = {
#embed "../../Content/checks/aws/memorydb/tls.yaml"
};
static const unsigned char file360[] = {
#embed "../../Content/checks/aws/memorydb/user-password.yaml"
};
static const unsigned char file361[] = {
#embed "../../Content/checks/aws/mq/logs.yaml"
};
static const unsigned char file362[] = {
#embed "../../Content/checks/aws/mq/minor-version-upgrade.yaml"
};
static const unsigned char file363[] = {
#embed "../../Content/checks/aws/mq/not-public.yaml"
};
static const unsigned char file364[] = {
#embed "../../Content/checks/aws/mq/standby.yaml"
};
static const unsigned char file365[] = {
#embed "../../Content/checks/aws/neptune/cluster-backup-retention.yaml"
};
static const unsigned char file366[] = {
#embed "../../Content/checks/aws/neptune/cluster-copy-tags.yaml"
};
static const unsigned char file367[] = {
#embed "../../Content/checks/aws/neptune/cluster-deletion-protection.yaml"
};
static const unsigned char file368[] = {
#embed "../../Content/checks/aws/neptune/cluster-encrypted.yaml"
};
static const unsigned char file369[] = {
#embed "../../Content/checks/aws/neptune/cluster-iam-authentication.yaml"
};
static const unsigned char file370[] = {
#embed "../../Content/checks/aws/neptune/cluster-logs-exported.yaml"
};
static const unsigned char file371[] = {
#embed "../../Content/checks/aws/neptune/cluster-multi-az.yaml"
};
static const unsigned char file372[] = {
#embed "../../Content/checks/aws/neptune/instance-not-public.yaml"
};
static const unsigned char file373[] = {
#embed "../../Content/checks/aws/neptune/minor-version-upgrade.yaml"
};
static const unsigned char file374[] = {
#embed "../../Content/checks/aws/neptune/snapshot-encrypted.yaml"
};
static const unsigned char file375[] = {
#embed "../../Content/checks/aws/neptune/snapshot-not-public.yaml"
};
static const unsigned char file376[] = {
#embed "../../Content/checks/aws/network-firewall/default-fragments.yaml"
};
static const unsigned char file377[] = {
#embed "../../Content/checks/aws/network-firewall/default-full-packets.yaml"
};
static const unsigned char file378[] = {
#embed "../../Content/checks/aws/network-firewall/deletion-protection.yaml"
};
static const unsigned char file379[] = {
#embed "../../Content/checks/aws/network-firewall/logging.yaml"
};
static const unsigned char file380[] = {
#embed "../../Content/checks/aws/network-firewall/multi-az.yaml"
};
static const unsigned char file381[] = {
#embed "../../Content/checks/aws/network-firewall/policy-has-rules.yaml"
};
static const unsigned char file382[] = {
#embed "../../Content/checks/aws/opensearch/audit-logs.yaml"
};
static const unsigned char file383[] = {
#embed "../../Content/checks/aws/opensearch/data-nodes.yaml"
};
static const unsigned char file384[] = {
#embed "../../Content/checks/aws/opensearch/encrypted-at-rest.yaml"
};
static const unsigned char file385[] = {
#embed "../../Content/checks/aws/opensearch/error-logs.yaml"
};
static const unsigned char file386[] = {
#embed "../../Content/checks/aws/opensearch/fine-grained-access.yaml"
};
static const unsigned char file387[] = {
#embed "../../Content/checks/aws/opensearch/https-only.yaml"
};
static const unsigned char file388[] = {
#embed "../../Content/checks/aws/opensearch/in-vpc.yaml"
};
static const unsigned char file389[] = {
#embed "../../Content/checks/aws/opensearch/logs-published.yaml"
};
static const unsigned char file390[] = {
#embed "../../Content/checks/aws/opensearch/master-nodes.yaml"
};
static const unsigned char file391[] = {
#embed "../../Content/checks/aws/opensearch/no-internal-users.yaml"
};
static const unsigned char file392[] = {
#embed "../../Content/checks/aws/opensearch/node-to-node.yaml"
};
static const unsigned char file393[] = {
#embed "../../Content/checks/aws/opensearch/policy-not-public.yaml"
};
static const unsigned char file394[] = {
#embed "../../Content/checks/aws/opensearch/tls-version.yaml"
};
static const unsigned char file395[] = {
#embed "../../Content/checks/aws/opensearch/updated.yaml"
};
static const unsigned char file396[] = {
#embed "../../Content/checks/aws/organizations/all-features.yaml"
};
static const unsigned char file397[] = {
#embed "../../Content/checks/aws/organizations/control-policies.yaml"
};
static const unsigned char file398[] = {
#embed "../../Content/checks/aws/organizations/delegated-administrator.yaml"
};
static const unsigned char file399[] = {
#embed "../../Content/checks/aws/organizations/member.yaml"
};
static const unsigned char file400[] = {
#embed "../../Content/checks/aws/organizations/own-control-policy.yaml"
};
static const unsigned char file401[] = {
#embed "../../Content/checks/aws/organizations/root-credentials-central.yaml"
};
static const unsigned char file402[] = {
#embed "../../Content/checks/aws/rds/backup-on.yaml"
};
static const unsigned char file403[] = {
#embed "../../Content/checks/aws/rds/backup-plan.yaml"
};
static const unsigned char file404[] = {
#embed "../../Content/checks/aws/rds/backup-retention.yaml"
};
static const unsigned char file405[] = {
#embed "../../Content/checks/aws/rds/certificate-authority.yaml"
};
static const unsigned char file406[] = {
#embed "../../Content/checks/aws/rds/cluster-backup-retention.yaml"
};
static const unsigned char file407[] = {
#embed "../../Content/checks/aws/rds/cluster-copy-tags.yaml"
};
static const unsigned char file408[] = {
#embed "../../Content/checks/aws/rds/cluster-default-admin-name.yaml"
};
static const unsigned char file409[] = {
#embed "../../Content/checks/aws/rds/cluster-deletion-protection.yaml"
};
static const unsigned char file410[] = {
#embed "../../Content/checks/aws/rds/cluster-encrypted.yaml"
};
static const unsigned char file411[] = {
#embed "../../Content/checks/aws/rds/cluster-iam-authentication.yaml"
};
static const unsigned char file412[] = {
#embed "../../Content/checks/aws/rds/cluster-logs-exported.yaml"
};
static const unsigned char file413[] = {
#embed "../../Content/checks/aws/rds/cluster-multi-az.yaml"
};
static const unsigned char file414[] = {
#embed "../../Content/checks/aws/rds/cluster-own-key.yaml"
};
static const unsigned char file415[] = {
#embed "../../Content/checks/aws/rds/cluster-snapshot-encrypted.yaml"
};
static const unsigned char file416[] = {
#embed "../../Content/checks/aws/rds/cluster-snapshot-not-public.yaml"
};
static const unsigned char file417[] = {
#embed "../../Content/checks/aws/rds/cluster-tls-required.yaml"
};
static const unsigned char file418[] = {
#embed "../../Content/checks/aws/rds/copy-tags.yaml"
};
static const unsigned char file419[] = {
#embed "../../Content/checks/aws/rds/default-admin-name.yaml"
};
static const unsigned char file420[] = {
#embed "../../Content/checks/aws/rds/deletion-protection.yaml"
};
static const unsigned char file421[] = {
#embed "../../Content/checks/aws/rds/enhanced-monitoring.yaml"
};
static const unsigned char file422[] = {
#embed "../../Content/checks/aws/rds/iam-authentication.yaml"
};
static const unsigned char file423[] = {
#embed "../../Content/checks/aws/rds/logs-exported.yaml"
};
static const unsigned char file424[] = {
#embed "../../Content/checks/aws/rds/minor-version-upgrade.yaml"
};
static const unsigned char file425[] = {
#embed "../../Content/checks/aws/rds/multi-az.yaml"
};
static const unsigned char file426[] = {
#embed "../../Content/checks/aws/rds/not-public.yaml"
};
static const unsigned char file427[] = {
#embed "../../Content/checks/aws/rds/performance-insights.yaml"
};
static const unsigned char file428[] = {
#embed "../../Content/checks/aws/rds/snapshot-encrypted.yaml"
};
static const unsigned char file429[] = {
#embed "../../Content/checks/aws/rds/snapshot-not-public.yaml"
};
static const unsigned char file430[] = {
#embed "../../Content/checks/aws/rds/storage-encrypted.yaml"
};
static const unsigned char file431[] = {
#embed "../../Content/checks/aws/rds/tls-required.yaml"
};
static const unsigned char file432[] = {
#embed "../../Content/checks/aws/redshift/audit-logging.yaml"
};
static const unsigned char file433[] = {
#embed "../../Content/checks/aws/redshift/default-admin-name.yaml"
};
static const unsigned char file434[] = {
#embed "../../Content/checks/aws/redshift/encrypted.yaml"
};
static const unsigned char file435[] = {
#embed "../../Content/checks/aws/redshift/enhanced-vpc-routing.yaml"
};
static const unsigned char file436[] = {
#embed "../../Content/checks/aws/redshift/not-public.yaml"
};
static const unsigned char file437[] = {
#embed "../../Content/checks/aws/redshift/own-key.yaml"
};
static const unsigned char file438[] = {
#embed "../../Content/checks/aws/redshift/parameter-group-tls.yaml"
};
static const unsigned char file439[] = {
#embed "../../Content/checks/aws/redshift/snapshots-kept.yaml"
};
static const unsigned char file440[] = {
#embed "../../Content/checks/aws/redshift/tls-required.yaml"
};
static const unsigned char file441[] = {
#embed "../../Content/checks/aws/redshift/version-upgrade.yaml"
};
static const unsigned char file442[] = {
#embed "../../Content/checks/aws/route53/dnssec.yaml"
};
static const unsigned char file443[] = {
#embed "../../Content/checks/aws/route53/query-logging.yaml"
};
static const unsigned char file444[] = {
#embed "../../Content/checks/aws/route53/website-record-has-bucket.yaml"
};
static const unsigned char file445[] = {
#embed "../../Content/checks/aws/route53domains/auto-renew.yaml"
};
static const unsigned char file446[] = {
#embed "../../Content/checks/aws/route53domains/privacy.yaml"
};
static const unsigned char file447[] = {
#embed "../../Content/checks/aws/route53domains/transfer-lock.yaml"
};
static const unsigned char file448[] = {
#embed "../../Content/checks/aws/s3/access-logging.yaml"
};
static const unsigned char file449[] = {
#embed "../../Content/checks/aws/s3/access-point-block.yaml"
};
static const unsigned char file450[] = {
#embed "../../Content/checks/aws/s3/access-point-not-public.yaml"
};
static const unsigned char file451[] = {
#embed "../../Content/checks/aws/s3/account-public-access-block.yaml"
};
static const unsigned char file452[] = {
#embed "../../Content/checks/aws/s3/acl-view-public.yaml"
};
static const unsigned char file453[] = {
#embed "../../Content/checks/aws/s3/acls-off.yaml"
};
static const unsigned char file454[] = {
#embed "../../Content/checks/aws/s3/block-block-public-acls.yaml"
};
static const unsigned char file455[] = {
#embed "../../Content/checks/aws/s3/block-block-public-policy.yaml"
};
static const unsigned char file456[] = {
#embed "../../Content/checks/aws/s3/block-ignore-public-acls.yaml"
};
static const unsigned char file457[] = {
#embed "../../Content/checks/aws/s3/block-restrict-public-buckets.yaml"
};
static const unsigned char file458[] = {
#embed "../../Content/checks/aws/s3/default-encryption.yaml"
};
static const unsigned char file459[] = {
#embed "../../Content/checks/aws/s3/kms-encryption.yaml"
};
static const unsigned char file460[] = {
#embed "../../Content/checks/aws/s3/mfa-delete.yaml"
};
static const unsigned char file461[] = {
#embed "../../Content/checks/aws/s3/public-access-block.yaml"
};
static const unsigned char file462[] = {
#embed "../../Content/checks/aws/s3/public-acl.yaml"
};
static const unsigned char file463[] = {
#embed "../../Content/checks/aws/s3/public-policy.yaml"
};
static const unsigned char file464[] = {
#embed "../../Content/checks/aws/s3/secure-transport.yaml"
};
static const unsigned char file465[] = {
#embed "../../Content/checks/aws/s3/versioning.yaml"
};
static const unsigned char file466[] = {
#embed "../../Content/checks/aws/sagemaker/domain-sso.yaml"
};
static const unsigned char file467[] = {
#embed "../../Content/checks/aws/sagemaker/domain-vpc-only.yaml"
};
static const unsigned char file468[] = {
#embed "../../Content/checks/aws/sagemaker/endpoint-encrypted.yaml"
};
static const unsigned char file469[] = {
#embed "../../Content/checks/aws/sagemaker/model-in-vpc.yaml"
};
static const unsigned char file470[] = {
#embed "../../Content/checks/aws/sagemaker/model-isolated.yaml"
};
static const unsigned char file471[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-encrypted.yaml"
};
static const unsigned char file472[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-imdsv2.yaml"
};
static const unsigned char file473[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-in-vpc.yaml"
};
static const unsigned char file474[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-no-direct-internet.yaml"
};
static const unsigned char file475[] = {
#embed "../../Content/checks/aws/sagemaker/notebook-no-root.yaml"
};
static const unsigned char file476[] = {
#embed "../../Content/checks/aws/secretsmanager/own-key.yaml"
};
static const unsigned char file477[] = {
#embed "../../Content/checks/aws/secretsmanager/policy-not-public.yaml"
};
static const unsigned char file478[] = {
#embed "../../Content/checks/aws/secretsmanager/rotated-lately.yaml"
};
static const unsigned char file479[] = {
#embed "../../Content/checks/aws/secretsmanager/rotation.yaml"
};
static const unsigned char file480[] = {
#embed "../../Content/checks/aws/secretsmanager/used.yaml"
};
static const unsigned char file481[] = {
#embed "../../Content/checks/aws/securityhub/enabled.yaml"
};
static const unsigned char file482[] = {
#embed "../../Content/checks/aws/ses/dkim.yaml"
};
static const unsigned char file483[] = {
#embed "../../Content/checks/aws/ses/receipt-tls.yaml"
};
static const unsigned char file484[] = {
#embed "../../Content/checks/aws/ses/tls-required.yaml"
};
static const unsigned char file485[] = {
#embed "../../Content/checks/aws/shield/balancer-protected.yaml"
};
static const unsigned char file486[] = {
#embed "../../Content/checks/aws/shield/cloudfront-protected.yaml"
};
static const unsigned char file487[] = {
#embed "../../Content/checks/aws/shield/zone-protected.yaml"
};
static const unsigned char file488[] = {
#embed "../../Content/checks/aws/sns/encrypted.yaml"
};
static const unsigned char file489[] = {
#embed "../../Content/checks/aws/sns/policy-cross-account.yaml"
};
static const unsigned char file490[] = {
#embed "../../Content/checks/aws/sns/policy-not-public.yaml"
};
static const unsigned char file491[] = {
#embed "../../Content/checks/aws/sqs/encrypted.yaml"
};
static const unsigned char file492[] = {
#embed "../../Content/checks/aws/sqs/policy-not-public.yaml"
};
static const unsigned char file493[] = {
#embed "../../Content/checks/aws/ssm/block-public-documents.yaml"
};
static const unsigned char file494[] = {
#embed "../../Content/checks/aws/ssm/document-not-public.yaml"
};
static const unsigned char file495[] = {
#embed "../../Content/checks/aws/ssm/parameter-encrypted.yaml"
};
static const unsigned char file496[] = {
#embed "../../Content/checks/aws/ssm/parameter-secret.yaml"
};
static const unsigned char file497[] = {
#embed "../../Content/checks/aws/ssm/patched.yaml"
};
static const unsigned char file498[] = {
#embed "../../Content/checks/aws/stepfunctions/logging.yaml"
};
static const unsigned char file499[] = {
#embed "../../Content/checks/aws/stepfunctions/tracing.yaml"
};
static const unsigned char file500[] = {
#embed "../../Content/checks/aws/transfer/logging.yaml"
};
static const unsigned char file501[] = {
#embed "../../Content/checks/aws/transfer/no-ftp.yaml"
};
static const unsigned char file502[] = {
#embed "../../Content/checks/aws/transfer/not-public.yaml"
};
static const unsigned char file503[] = {
#embed "../../Content/checks/aws/transfer/security-policy.yaml"
};
static const unsigned char file504[] = {
#embed "../../Content/checks/aws/vpc/default-security-group-closed.yaml"
};
static const unsigned char file505[] = {
#embed "../../Content/checks/aws/vpc/default-vpc-unused.yaml"
};
static const unsigned char file506[] = {
#embed "../../Content/checks/aws/vpc/endpoint-policy-limited.yaml"
};
static const unsigned char file507[] = {
#embed "../../Content/checks/aws/vpc/endpoint-service-acceptance.yaml"
};
static const unsigned char file508[] = {
#embed "../../Content/checks/aws/vpc/endpoint-service-principals.yaml"
};
static const unsigned char file509[] = {
#embed "../../Content/checks/aws/vpc/flow-logs.yaml"
};
static const unsigned char file510[] = {
#embed "../../Content/checks/aws/vpc/peering-routes.yaml"
};
static const unsigned char file511[] = {
#embed "../../Content/checks/aws/wafv2/counted.yaml"
};
static const unsigned char file512[] = {
#embed "../../Content/checks/aws/wafv2/has-rules.yaml"
};
static const unsigned char file513[] = {
#embed "../../Content/checks/aws/wafv2/logging.yaml"
};
static const unsigned char file514[] = {
#embed "../../Content/checks/aws/wafv2/rule-group-not-empty.yaml"
};
static const unsigned char file515[] = {
#embed "../../Content/checks/aws/workspaces/directory-ip-groups.yaml"
};
static const unsigned char file516[] = {
#embed "../../Content/checks/aws/workspaces/directory-no-internet.yaml"
};
static const unsigned char file517[] = {
#embed "../../Content/checks/aws/workspaces/directory-no-local-admin.yaml"
};
static const unsigned char file518[] = {
#embed "../../Content/checks/aws/workspaces/encrypted.yaml"
};
static const unsigned char file519[] = {
#embed "../../Content/checks/azure/acr/admin-user.yaml"
};
static const unsigned char file520[] = {
#embed "../../Content/checks/azure/acr/anonymous-pull.yaml"
};
static const unsigned char file521[] = {
#embed "../../Content/checks/azure/acr/audit-logs.yaml"
};
static const unsigned char file522[] = {
#embed "../../Content/checks/azure/acr/content-trust.yaml"
};
static const unsigned char file523[] = {
#embed "../../Content/checks/azure/acr/customer-key.yaml"
};
static const unsigned char file524[] = {
#embed "../../Content/checks/azure/acr/export-policy.yaml"
};
static const unsigned char file525[] = {
#embed "../../Content/checks/azure/acr/firewall.yaml"
};
static const unsigned char file526[] = {
#embed "../../Content/checks/azure/acr/image-scan.yaml"
};
static const unsigned char file527[] = {
#embed "../../Content/checks/azure/acr/image-vulnerabilities.yaml"
};
static const unsigned char file528[] = {
#embed "../../Content/checks/azure/acr/private-endpoint.yaml"
};
static const unsigned char file529[] = {
#embed "../../Content/checks/azure/acr/public-network-access.yaml"
};
static const unsigned char file530[] = {
#embed "../../Content/checks/azure/acr/quarantine.yaml"
};
static const unsigned char file531[] = {
#embed "../../Content/checks/azure/acr/soft-delete.yaml"
};
static const unsigned char file532[] = {
#embed "../../Content/checks/azure/adx/disk-encryption.yaml"
};
static const unsigned char file533[] = {
#embed "../../Content/checks/azure/adx/double-encryption.yaml"
};
static const unsigned char file534[] = {
#embed "../../Content/checks/azure/adx/logs.yaml"
};
static const unsigned char file535[] = {
#embed "../../Content/checks/azure/adx/managed-identity.yaml"
};
static const unsigned char file536[] = {
#embed "../../Content/checks/azure/adx/public-network-access.yaml"
};
static const unsigned char file537[] = {
#embed "../../Content/checks/azure/ai/audit-logs.yaml"
};
static const unsigned char file538[] = {
#embed "../../Content/checks/azure/ai/customer-key.yaml"
};
static const unsigned char file539[] = {
#embed "../../Content/checks/azure/ai/firewall.yaml"
};
static const unsigned char file540[] = {
#embed "../../Content/checks/azure/ai/local-authentication.yaml"
};
static const unsigned char file541[] = {
#embed "../../Content/checks/azure/ai/managed-identity.yaml"
};
static const unsigned char file542[] = {
#embed "../../Content/checks/azure/ai/outbound-restricted.yaml"
};
static const unsigned char file543[] = {
#embed "../../Content/checks/azure/ai/private-endpoint.yaml"
};
static const unsigned char file544[] = {
#embed "../../Content/checks/azure/ai/prompt-shield.yaml"
};
static const unsigned char file545[] = {
#embed "../../Content/checks/azure/ai/public-network-access.yaml"
};
static const unsigned char file546[] = {
#embed "../../Content/checks/azure/aks/audit-logs.yaml"
};
static const unsigned char file547[] = {
#embed "../../Content/checks/azure/aks/authorized-addresses.yaml"
};
static const unsigned char file548[] = {
#embed "../../Content/checks/azure/aks/auto-upgrade.yaml"
};
static const unsigned char file549[] = {
#embed "../../Content/checks/azure/aks/azure-rbac.yaml"
};
static const unsigned char file550[] = {
#embed "../../Content/checks/azure/aks/container-insights.yaml"
};
static const unsigned char file551[] = {
#embed "../../Content/checks/azure/aks/dashboard.yaml"
};
static const unsigned char file552[] = {
#embed "../../Content/checks/azure/aks/defender.yaml"
};
static const unsigned char file553[] = {
#embed "../../Content/checks/azure/aks/disk-key.yaml"
};
static const unsigned char file554[] = {
#embed "../../Content/checks/azure/aks/entra.yaml"
};
static const unsigned char file555[] = {
#embed "../../Content/checks/azure/aks/http-application-routing.yaml"
};
static const unsigned char file556[] = {
#embed "../../Content/checks/azure/aks/local-accounts.yaml"
};
static const unsigned char file557[] = {
#embed "../../Content/checks/azure/aks/managed-identity.yaml"
};
static const unsigned char file558[] = {
#embed "../../Content/checks/azure/aks/network-policy.yaml"
};
static const unsigned char file559[] = {
#embed "../../Content/checks/azure/aks/node-encryption-at-host.yaml"
};
static const unsigned char file560[] = {
#embed "../../Content/checks/azure/aks/node-os-upgrade.yaml"
};
static const unsigned char file561[] = {
#embed "../../Content/checks/azure/aks/policy-addon.yaml"
};
static const unsigned char file562[] = {
#embed "../../Content/checks/azure/aks/pool-version.yaml"
};
static const unsigned char file563[] = {
#embed "../../Content/checks/azure/aks/private-api.yaml"
};
static const unsigned char file564[] = {
#embed "../../Content/checks/azure/aks/private-nodes.yaml"
};
static const unsigned char file565[] = {
#embed "../../Content/checks/azure/aks/rbac.yaml"
};
static const unsigned char file566[] = {
#embed "../../Content/checks/azure/aks/secret-rotation.yaml"
};
static const unsigned char file567[] = {
#embed "../../Content/checks/azure/aks/secret-store.yaml"
};
static const unsigned char file568[] = {
#embed "../../Content/checks/azure/aks/workload-identity.yaml"
};
static const unsigned char file569[] = {
#embed "../../Content/checks/azure/apim/audit-logs.yaml"
};
static const unsigned char file570[] = {
#embed "../../Content/checks/azure/apim/certificate-expiry.yaml"
};
static const unsigned char file571[] = {
#embed "../../Content/checks/azure/apim/ciphers.yaml"
};
static const unsigned char file572[] = {
#embed "../../Content/checks/azure/apim/cors.yaml"
};
static const unsigned char file573[] = {
#embed "../../Content/checks/azure/apim/defender.yaml"
};
static const unsigned char file574[] = {
#embed "../../Content/checks/azure/apim/https-backend.yaml"
};
static const unsigned char file575[] = {
#embed "../../Content/checks/azure/apim/https-only.yaml"
};
static const unsigned char file576[] = {
#embed "../../Content/checks/azure/apim/managed-identity.yaml"
};
static const unsigned char file577[] = {
#embed "../../Content/checks/azure/apim/minimum-api-version.yaml"
};
static const unsigned char file578[] = {
#embed "../../Content/checks/azure/apim/named-value-secret.yaml"
};
static const unsigned char file579[] = {
#embed "../../Content/checks/azure/apim/network.yaml"
};
static const unsigned char file580[] = {
#embed "../../Content/checks/azure/apim/product-subscription.yaml"
};
static const unsigned char file581[] = {
#embed "../../Content/checks/azure/apim/protocols.yaml"
};
static const unsigned char file582[] = {
#embed "../../Content/checks/azure/apim/public-network-access.yaml"
};
static const unsigned char file583[] = {
#embed "../../Content/checks/azure/apim/sample-products.yaml"
};
static const unsigned char file584[] = {
#embed "../../Content/checks/azure/apim/subscription-scope.yaml"
};
static const unsigned char file585[] = {
#embed "../../Content/checks/azure/app/authentication.yaml"
};
static const unsigned char file586[] = {
#embed "../../Content/checks/azure/app/basic-authentication.yaml"
};
static const unsigned char file587[] = {
#embed "../../Content/checks/azure/app/client-certificates.yaml"
};
static const unsigned char file588[] = {
#embed "../../Content/checks/azure/app/config-http-logs.yaml"
};
static const unsigned char file589[] = {
#embed "../../Content/checks/azure/app/config-public-network-access.yaml"
};
static const unsigned char file590[] = {
#embed "../../Content/checks/azure/app/cors.yaml"
};
static const unsigned char file591[] = {
#embed "../../Content/checks/azure/app/detailed-errors.yaml"
};
static const unsigned char file592[] = {
#embed "../../Content/checks/azure/app/environment-internal-encryption.yaml"
};
static const unsigned char file593[] = {
#embed "../../Content/checks/azure/app/environment-version.yaml"
};
static const unsigned char file594[] = {
#embed "../../Content/checks/azure/app/failed-request-traces.yaml"
};
static const unsigned char file595[] = {
#embed "../../Content/checks/azure/app/ftp.yaml"
};
static const unsigned char file596[] = {
#embed "../../Content/checks/azure/app/function-authentication.yaml"
};
static const unsigned char file597[] = {
#embed "../../Content/checks/azure/app/function-network-integration.yaml"
};
static const unsigned char file598[] = {
#embed "../../Content/checks/azure/app/function-public-network-access.yaml"
};
static const unsigned char file599[] = {
#embed "../../Content/checks/azure/app/http-logs.yaml"
};
static const unsigned char file600[] = {
#embed "../../Content/checks/azure/app/http2.yaml"
};
static const unsigned char file601[] = {
#embed "../../Content/checks/azure/app/https-only.yaml"
};
static const unsigned char file602[] = {
#embed "../../Content/checks/azure/app/identity-without-admin.yaml"
};
static const unsigned char file603[] = {
#embed "../../Content/checks/azure/app/java-version.yaml"
};
static const unsigned char file604[] = {
#embed "../../Content/checks/azure/app/logs.yaml"
};
static const unsigned char file605[] = {
#embed "../../Content/checks/azure/app/managed-identity.yaml"
};
static const unsigned char file606[] = {
#embed "../../Content/checks/azure/app/minimum-tls.yaml"
};
static const unsigned char file607[] = {
#embed "../../Content/checks/azure/app/net-framework-version.yaml"
};
static const unsigned char file608[] = {
#embed "../../Content/checks/azure/app/network-integration.yaml"
};
static const unsigned char file609[] = {
#embed "../../Content/checks/azure/app/node-version.yaml"
};
static const unsigned char file610[] = {
#embed "../../Content/checks/azure/app/php-version.yaml"
};
static const unsigned char file611[] = {
#embed "../../Content/checks/azure/app/private-endpoint.yaml"
};
static const unsigned char file612[] = {
#embed "../../Content/checks/azure/app/public-network-access.yaml"
};
static const unsigned char file613[] = {
#embed "../../Content/checks/azure/app/python-version.yaml"
};
static const unsigned char file614[] = {
#embed "../../Content/checks/azure/app/remote-debugging.yaml"
};
static const unsigned char file615[] = {
#embed "../../Content/checks/azure/app/sign-in-classic.yaml"
};
static const unsigned char file616[] = {
#embed "../../Content/checks/azure/app/sign-in-https.yaml"
};
static const unsigned char file617[] = {
#embed "../../Content/checks/azure/app/slot-http2.yaml"
};
static const unsigned char file618[] = {
#embed "../../Content/checks/azure/app/slot-https-only.yaml"
};
static const unsigned char file619[] = {
#embed "../../Content/checks/azure/app/slot-managed-identity.yaml"
};
static const unsigned char file620[] = {
#embed "../../Content/checks/azure/app/slot-minimum-tls.yaml"
};
static const unsigned char file621[] = {
#embed "../../Content/checks/azure/app/slot-public-network-access.yaml"
};
static const unsigned char file622[] = {
#embed "../../Content/checks/azure/app/slot-remote-debugging.yaml"
};
static const unsigned char file623[] = {
#embed "../../Content/checks/azure/app/slot-sign-in-https.yaml"
};
static const unsigned char file624[] = {
#embed "../../Content/checks/azure/appconfig/audit-logs.yaml"
};
static const unsigned char file625[] = {
#embed "../../Content/checks/azure/appconfig/local-authentication.yaml"
};
static const unsigned char file626[] = {
#embed "../../Content/checks/azure/appconfig/public-network-access.yaml"
};
static const unsigned char file627[] = {
#embed "../../Content/checks/azure/appconfig/purge-protection.yaml"
};
static const unsigned char file628[] = {
#embed "../../Content/checks/azure/arc/kubernetes-defender.yaml"
};
static const unsigned char file629[] = {
#embed "../../Content/checks/azure/arc/kubernetes-policy.yaml"
};
static const unsigned char file630[] = {
#embed "../../Content/checks/azure/automation/audit-logs.yaml"
};
static const unsigned char file631[] = {
#embed "../../Content/checks/azure/automation/job-logs.yaml"
};
static const unsigned char file632[] = {
#embed "../../Content/checks/azure/automation/local-authentication.yaml"
};
static const unsigned char file633[] = {
#embed "../../Content/checks/azure/automation/managed-identity.yaml"
};
static const unsigned char file634[] = {
#embed "../../Content/checks/azure/automation/public-network-access.yaml"
};
static const unsigned char file635[] = {
#embed "../../Content/checks/azure/automation/variable-encrypted.yaml"
};
static const unsigned char file636[] = {
#embed "../../Content/checks/azure/automation/webhook-expiry.yaml"
};
static const unsigned char file637[] = {
#embed "../../Content/checks/azure/backup/backup-vault-immutable.yaml"
};
static const unsigned char file638[] = {
#embed "../../Content/checks/azure/backup/backup-vault-soft-delete.yaml"
};
static const unsigned char file639[] = {
#embed "../../Content/checks/azure/backup/policy-retention.yaml"
};
static const unsigned char file640[] = {
#embed "../../Content/checks/azure/backup/vault-customer-key.yaml"
};
static const unsigned char file641[] = {
#embed "../../Content/checks/azure/backup/vault-immutable.yaml"
};
static const unsigned char file642[] = {
#embed "../../Content/checks/azure/backup/vault-in-use.yaml"
};
static const unsigned char file643[] = {
#embed "../../Content/checks/azure/backup/vault-logs.yaml"
};
static const unsigned char file644[] = {
#embed "../../Content/checks/azure/backup/vault-multi-user.yaml"
};
static const unsigned char file645[] = {
#embed "../../Content/checks/azure/backup/vault-redundant.yaml"
};
static const unsigned char file646[] = {
#embed "../../Content/checks/azure/backup/vault-soft-delete.yaml"
};
static const unsigned char file647[] = {
#embed "../../Content/checks/azure/batch/local-authentication.yaml"
};
static const unsigned char file648[] = {
#embed "../../Content/checks/azure/batch/logs.yaml"
};
static const unsigned char file649[] = {
#embed "../../Content/checks/azure/batch/public-network-access.yaml"
};
static const unsigned char file650[] = {
#embed "../../Content/checks/azure/compute/disk-attached-key.yaml"
};
static const unsigned char file651[] = {
#embed "../../Content/checks/azure/compute/disk-data-access-mode.yaml"
};
static const unsigned char file652[] = {
#embed "../../Content/checks/azure/compute/disk-encryption.yaml"
};
static const unsigned char file653[] = {
#embed "../../Content/checks/azure/compute/disk-guest-or-host-encryption.yaml"
};
static const unsigned char file654[] = {
#embed "../../Content/checks/azure/compute/disk-network-access.yaml"
};
static const unsigned char file655[] = {
#embed "../../Content/checks/azure/compute/disk-unattached-key.yaml"
};
static const unsigned char file656[] = {
#embed "../../Content/checks/azure/compute/encryption-at-host.yaml"
};
static const unsigned char file657[] = {
#embed "../../Content/checks/azure/compute/endpoint-protection.yaml"
};
static const unsigned char file658[] = {
#embed "../../Content/checks/azure/compute/extensions.yaml"
};
static const unsigned char file659[] = {
#embed "../../Content/checks/azure/compute/jit-access.yaml"
};
static const unsigned char file660[] = {
#embed "../../Content/checks/azure/compute/legacy-log-agent.yaml"
};
static const unsigned char file661[] = {
#embed "../../Content/checks/azure/compute/linux-key-sign-in.yaml"
};
static const unsigned char file662[] = {
#embed "../../Content/checks/azure/compute/managed-disks.yaml"
};
static const unsigned char file663[] = {
#embed "../../Content/checks/azure/compute/monitor-agent.yaml"
};
static const unsigned char file664[] = {
#embed "../../Content/checks/azure/compute/patch-assessment.yaml"
};
static const unsigned char file665[] = {
#embed "../../Content/checks/azure/compute/scale-set-encryption-at-host.yaml"
};
static const unsigned char file666[] = {
#embed "../../Content/checks/azure/compute/scale-set-key-sign-in.yaml"
};
static const unsigned char file667[] = {
#embed "../../Content/checks/azure/compute/scale-set-load-balancer.yaml"
};
static const unsigned char file668[] = {
#embed "../../Content/checks/azure/compute/scale-set-monitor-agent.yaml"
};
static const unsigned char file669[] = {
#embed "../../Content/checks/azure/compute/scale-set-os-upgrade.yaml"
};
static const unsigned char file670[] = {
#embed "../../Content/checks/azure/compute/scale-set-public-ip.yaml"
};
static const unsigned char file671[] = {
#embed "../../Content/checks/azure/compute/scale-set-ssh-keys.yaml"
};
static const unsigned char file672[] = {
#embed "../../Content/checks/azure/compute/secure-boot.yaml"
};
static const unsigned char file673[] = {
#embed "../../Content/checks/azure/compute/snapshot-network-access.yaml"
};
static const unsigned char file674[] = {
#embed "../../Content/checks/azure/compute/ssh-keys.yaml"
};
static const unsigned char file675[] = {
#embed "../../Content/checks/azure/compute/system-updates.yaml"
};
static const unsigned char file676[] = {
#embed "../../Content/checks/azure/compute/trusted-launch.yaml"
};
static const unsigned char file677[] = {
#embed "../../Content/checks/azure/compute/vm-agent.yaml"
};
static const unsigned char file678[] = {
#embed "../../Content/checks/azure/compute/vm-backup.yaml"
};
static const unsigned char file679[] = {
#embed "../../Content/checks/azure/compute/vulnerabilities.yaml"
};
static const unsigned char file680[] = {
#embed "../../Content/checks/azure/compute/windows-updates.yaml"
};
static const unsigned char file681[] = {
#embed "../../Content/checks/azure/containerapps/environment-internal.yaml"
};
static const unsigned char file682[] = {
#embed "../../Content/checks/azure/containerapps/https-only.yaml"
};
static const unsigned char file683[] = {
#embed "../../Content/checks/azure/containerapps/internal-ingress.yaml"
};
static const unsigned char file684[] = {
#embed "../../Content/checks/azure/containerapps/managed-identity.yaml"
};
static const unsigned char file685[] = {
#embed "../../Content/checks/azure/containerinstance/network.yaml"
};
static const unsigned char file686[] = {
#embed "../../Content/checks/azure/containerinstance/private.yaml"
};
static const unsigned char file687[] = {
#embed "../../Content/checks/azure/cosmosdb/audit-logs.yaml"
};
static const unsigned char file688[] = {
#embed "../../Content/checks/azure/cosmosdb/automatic-failover.yaml"
};
static const unsigned char file689[] = {
#embed "../../Content/checks/azure/cosmosdb/continuous-backup.yaml"
};
static const unsigned char file690[] = {
#embed "../../Content/checks/azure/cosmosdb/customer-key.yaml"
};
static const unsigned char file691[] = {
#embed "../../Content/checks/azure/cosmosdb/defender.yaml"
};
static const unsigned char file692[] = {
#embed "../../Content/checks/azure/cosmosdb/firewall.yaml"
};
static const unsigned char file693[] = {
#embed "../../Content/checks/azure/cosmosdb/local-authentication.yaml"
};
static const unsigned char file694[] = {
#embed "../../Content/checks/azure/cosmosdb/metadata-writes.yaml"
};
static const unsigned char file695[] = {
#embed "../../Content/checks/azure/cosmosdb/minimum-tls.yaml"
};
static const unsigned char file696[] = {
#embed "../../Content/checks/azure/cosmosdb/mongo-entra.yaml"
};
static const unsigned char file697[] = {
#embed "../../Content/checks/azure/cosmosdb/private-endpoint.yaml"
};
static const unsigned char file698[] = {
#embed "../../Content/checks/azure/cosmosdb/public-network-access.yaml"
};
static const unsigned char file699[] = {
#embed "../../Content/checks/azure/cost/appgw-idle.yaml"
};
static const unsigned char file700[] = {
#embed "../../Content/checks/azure/cost/budget.yaml"
};
static const unsigned char file701[] = {
#embed "../../Content/checks/azure/cost/ddos-plan-unused.yaml"
};
static const unsigned char file702[] = {
#embed "../../Content/checks/azure/cost/disk-unattached.yaml"
};
static const unsigned char file703[] = {
#embed "../../Content/checks/azure/cost/elastic-pool-empty.yaml"
};
static const unsigned char file704[] = {
#embed "../../Content/checks/azure/cost/expressroute-idle.yaml"
};
static const unsigned char file705[] = {
#embed "../../Content/checks/azure/cost/gateway-idle.yaml"
};
static const unsigned char file706[] = {
#embed "../../Content/checks/azure/cost/load-balancer-idle.yaml"
};
static const unsigned char file707[] = {
#embed "../../Content/checks/azure/cost/nat-gateway-idle.yaml"
};
static const unsigned char file708[] = {
#embed "../../Content/checks/azure/cost/plan-empty.yaml"
};
static const unsigned char file709[] = {
#embed "../../Content/checks/azure/cost/private-endpoint-broken.yaml"
};
static const unsigned char file710[] = {
#embed "../../Content/checks/azure/cost/public-ip-unattached.yaml"
};
static const unsigned char file711[] = {
#embed "../../Content/checks/azure/cost/registry-untagged.yaml"
};
static const unsigned char file712[] = {
#embed "../../Content/checks/azure/cost/scale-set-empty.yaml"
};
static const unsigned char file713[] = {
#embed "../../Content/checks/azure/cost/snapshot-old.yaml"
};
static const unsigned char file714[] = {
#embed "../../Content/checks/azure/cost/vm-stopped.yaml"
};
static const unsigned char file715[] = {
#embed "../../Content/checks/azure/databricks/audit-logs.yaml"
};
static const unsigned char file716[] = {
#embed "../../Content/checks/azure/databricks/customer-key.yaml"
};
static const unsigned char file717[] = {
#embed "../../Content/checks/azure/databricks/no-public-ip.yaml"
};
static const unsigned char file718[] = {
#embed "../../Content/checks/azure/databricks/own-network.yaml"
};
static const unsigned char file719[] = {
#embed "../../Content/checks/azure/databricks/premium.yaml"
};
static const unsigned char file720[] = {
#embed "../../Content/checks/azure/databricks/private-endpoint.yaml"
};
static const unsigned char file721[] = {
#embed "../../Content/checks/azure/databricks/public-network-access.yaml"
};
static const unsigned char file722[] = {
#embed "../../Content/checks/azure/databricks/subnet-nsg.yaml"
};
static const unsigned char file723[] = {
#embed "../../Content/checks/azure/datafactory/customer-key.yaml"
};
static const unsigned char file724[] = {
#embed "../../Content/checks/azure/datafactory/linked-service-secret.yaml"
};
static const unsigned char file725[] = {
#embed "../../Content/checks/azure/datafactory/logs.yaml"
};
static const unsigned char file726[] = {
#embed "../../Content/checks/azure/datafactory/managed-identity.yaml"
};
static const unsigned char file727[] = {
#embed "../../Content/checks/azure/datafactory/public-network-access.yaml"
};
static const unsigned char file728[] = {
#embed "../../Content/checks/azure/defender/agentless-scanning.yaml"
};
static const unsigned char file729[] = {
#embed "../../Content/checks/azure/defender/ai.yaml"
};
static const unsigned char file730[] = {
#embed "../../Content/checks/azure/defender/api.yaml"
};
static const unsigned char file731[] = {
#embed "../../Content/checks/azure/defender/app-services.yaml"
};
static const unsigned char file732[] = {
#embed "../../Content/checks/azure/defender/auto-provisioning.yaml"
};
static const unsigned char file733[] = {
#embed "../../Content/checks/azure/defender/cloud-apps-integration.yaml"
};
static const unsigned char file734[] = {
#embed "../../Content/checks/azure/defender/contact-address.yaml"
};
static const unsigned char file735[] = {
#embed "../../Content/checks/azure/defender/contact-alerts-owners.yaml"
};
static const unsigned char file736[] = {
#embed "../../Content/checks/azure/defender/contact-alerts.yaml"
};
static const unsigned char file737[] = {
#embed "../../Content/checks/azure/defender/contact-attack-paths.yaml"
};
static const unsigned char file738[] = {
#embed "../../Content/checks/azure/defender/contact-has-address.yaml"
};
static const unsigned char file739[] = {
#embed "../../Content/checks/azure/defender/contact-has-phone.yaml"
};
static const unsigned char file740[] = {
#embed "../../Content/checks/azure/defender/contact-owners.yaml"
};
static const unsigned char file741[] = {
#embed "../../Content/checks/azure/defender/contact-severity.yaml"
};
static const unsigned char file742[] = {
#embed "../../Content/checks/azure/defender/container-registries.yaml"
};
static const unsigned char file743[] = {
#embed "../../Content/checks/azure/defender/containers-discovery.yaml"
};
static const unsigned char file744[] = {
#embed "../../Content/checks/azure/defender/containers-image-assessment.yaml"
};
static const unsigned char file745[] = {
#embed "../../Content/checks/azure/defender/containers.yaml"
};
static const unsigned char file746[] = {
#embed "../../Content/checks/azure/defender/cosmosdb.yaml"
};
static const unsigned char file747[] = {
#embed "../../Content/checks/azure/defender/cspm.yaml"
};
static const unsigned char file748[] = {
#embed "../../Content/checks/azure/defender/databases.yaml"
};
static const unsigned char file749[] = {
#embed "../../Content/checks/azure/defender/dns.yaml"
};
static const unsigned char file750[] = {
#embed "../../Content/checks/azure/defender/endpoint-integration.yaml"
};
static const unsigned char file751[] = {
#embed "../../Content/checks/azure/defender/file-integrity.yaml"
};
static const unsigned char file752[] = {
#embed "../../Content/checks/azure/defender/iot.yaml"
};
static const unsigned char file753[] = {
#embed "../../Content/checks/azure/defender/key-vault.yaml"
};
static const unsigned char file754[] = {
#embed "../../Content/checks/azure/defender/kubernetes.yaml"
};
static const unsigned char file755[] = {
#embed "../../Content/checks/azure/defender/open-source-databases.yaml"
};
static const unsigned char file756[] = {
#embed "../../Content/checks/azure/defender/resource-manager.yaml"
};
static const unsigned char file757[] = {
#embed "../../Content/checks/azure/defender/servers-plan-2.yaml"
};
static const unsigned char file758[] = {
#embed "../../Content/checks/azure/defender/servers.yaml"
};
static const unsigned char file759[] = {
#embed "../../Content/checks/azure/defender/sql-on-machines.yaml"
};
static const unsigned char file760[] = {
#embed "../../Content/checks/azure/defender/sql.yaml"
};
static const unsigned char file761[] = {
#embed "../../Content/checks/azure/defender/storage-current.yaml"
};
static const unsigned char file762[] = {
#embed "../../Content/checks/azure/defender/storage-malware-scanning.yaml"
};
static const unsigned char file763[] = {
#embed "../../Content/checks/azure/defender/storage-sensitive-data.yaml"
};
static const unsigned char file764[] = {
#embed "../../Content/checks/azure/defender/storage.yaml"
};
static const unsigned char file765[] = {
#embed "../../Content/checks/azure/entra/administrator-mfa-registered.yaml"
};
static const unsigned char file766[] = {
#embed "../../Content/checks/azure/entra/administrator-strong-method.yaml"
};
static const unsigned char file767[] = {
#embed "../../Content/checks/azure/entra/app-credential-expired.yaml"
};
static const unsigned char file768[] = {
#embed "../../Content/checks/azure/entra/app-credential-lifetime.yaml"
};
static const unsigned char file769[] = {
#embed "../../Content/checks/azure/entra/app-implicit-grant.yaml"
};
static const unsigned char file770[] = {
#embed "../../Content/checks/azure/entra/app-password.yaml"
};
static const unsigned char file771[] = {
#embed "../../Content/checks/azure/entra/app-redirect.yaml"
};
static const unsigned char file772[] = {
#embed "../../Content/checks/azure/entra/block-device-code.yaml"
};
static const unsigned char file773[] = {
#embed "../../Content/checks/azure/entra/block-legacy-authentication.yaml"
};
static const unsigned char file774[] = {
#embed "../../Content/checks/azure/entra/cloud-only-administrators.yaml"
};
static const unsigned char file775[] = {
#embed "../../Content/checks/azure/entra/consent-wide.yaml"
};
static const unsigned char file776[] = {
#embed "../../Content/checks/azure/entra/disabled-administrators.yaml"
};
static const unsigned char file777[] = {
#embed "../../Content/checks/azure/entra/email-join.yaml"
};
static const unsigned char file778[] = {
#embed "../../Content/checks/azure/entra/few-global-administrators.yaml"
};
static const unsigned char file779[] = {
#embed "../../Content/checks/azure/entra/guest-access.yaml"
};
static const unsigned char file780[] = {
#embed "../../Content/checks/azure/entra/guest-administrators.yaml"
};
static const unsigned char file781[] = {
#embed "../../Content/checks/azure/entra/guest-invitations.yaml"
};
static const unsigned char file782[] = {
#embed "../../Content/checks/azure/entra/legacy-powershell.yaml"
};
static const unsigned char file783[] = {
#embed "../../Content/checks/azure/entra/method-migration.yaml"
};
static const unsigned char file784[] = {
#embed "../../Content/checks/azure/entra/mfa-admin-portals.yaml"
};
static const unsigned char file785[] = {
#embed "../../Content/checks/azure/entra/mfa-administrators.yaml"
};
static const unsigned char file786[] = {
#embed "../../Content/checks/azure/entra/mfa-all-users.yaml"
};
static const unsigned char file787[] = {
#embed "../../Content/checks/azure/entra/mfa-management-api.yaml"
};
static const unsigned char file788[] = {
#embed "../../Content/checks/azure/entra/pending-invitations.yaml"
};
static const unsigned char file789[] = {
#embed "../../Content/checks/azure/entra/phishing-resistant-administrators.yaml"
};
static const unsigned char file790[] = {
#embed "../../Content/checks/azure/entra/security-defaults.yaml"
};
static const unsigned char file791[] = {
#embed "../../Content/checks/azure/entra/sign-in-risk.yaml"
};
static const unsigned char file792[] = {
#embed "../../Content/checks/azure/entra/stale-guests.yaml"
};
static const unsigned char file793[] = {
#embed "../../Content/checks/azure/entra/stale-users.yaml"
};
static const unsigned char file794[] = {
#embed "../../Content/checks/azure/entra/strong-methods.yaml"
};
static const unsigned char file795[] = {
#embed "../../Content/checks/azure/entra/trusted-locations.yaml"
};
static const unsigned char file796[] = {
#embed "../../Content/checks/azure/entra/two-global-administrators.yaml"
};
static const unsigned char file797[] = {
#embed "../../Content/checks/azure/entra/user-consent-verified.yaml"
};
static const unsigned char file798[] = {
#embed "../../Content/checks/azure/entra/user-consent.yaml"
};
static const unsigned char file799[] = {
#embed "../../Content/checks/azure/entra/user-mfa-registered.yaml"
};
static const unsigned char file800[] = {
#embed "../../Content/checks/azure/entra/user-risk.yaml"
};
static const unsigned char file801[] = {
#embed "../../Content/checks/azure/entra/users-cannot-create-apps.yaml"
};
static const unsigned char file802[] = {
#embed "../../Content/checks/azure/entra/users-cannot-create-groups.yaml"
};
static const unsigned char file803[] = {
#embed "../../Content/checks/azure/entra/users-cannot-create-security-groups.yaml"
};
static const unsigned char file804[] = {
#embed "../../Content/checks/azure/entra/users-cannot-create-tenants.yaml"
};
static const unsigned char file805[] = {
#embed "../../Content/checks/azure/entra/vm-administrator-mfa.yaml"
};
static const unsigned char file806[] = {
#embed "../../Content/checks/azure/entrads/ntlm.yaml"
};
static const unsigned char file807[] = {
#embed "../../Content/checks/azure/entrads/rc4.yaml"
};
static const unsigned char file808[] = {
#embed "../../Content/checks/azure/entrads/tls.yaml"
};
static const unsigned char file809[] = {
#embed "../../Content/checks/azure/eventgrid/domain-local-authentication.yaml"
};
static const unsigned char file810[] = {
#embed "../../Content/checks/azure/eventgrid/domain-managed-identity.yaml"
};
static const unsigned char file811[] = {
#embed "../../Content/checks/azure/eventgrid/domain-public-network-access.yaml"
};
static const unsigned char file812[] = {
#embed "../../Content/checks/azure/eventgrid/logs.yaml"
};
static const unsigned char file813[] = {
#embed "../../Content/checks/azure/eventgrid/namespace-minimum-tls.yaml"
};
static const unsigned char file814[] = {
#embed "../../Content/checks/azure/eventgrid/topic-local-authentication.yaml"
};
static const unsigned char file815[] = {
#embed "../../Content/checks/azure/eventgrid/topic-managed-identity.yaml"
};
static const unsigned char file816[] = {
#embed "../../Content/checks/azure/eventgrid/topic-public-network-access.yaml"
};
static const unsigned char file817[] = {
#embed "../../Content/checks/azure/eventhub/audit-logs.yaml"
};
static const unsigned char file818[] = {
#embed "../../Content/checks/azure/eventhub/customer-key.yaml"
};
static const unsigned char file819[] = {
#embed "../../Content/checks/azure/eventhub/firewall.yaml"
};
static const unsigned char file820[] = {
#embed "../../Content/checks/azure/eventhub/local-authentication.yaml"
};
static const unsigned char file821[] = {
#embed "../../Content/checks/azure/eventhub/minimum-tls.yaml"
};
static const unsigned char file822[] = {
#embed "../../Content/checks/azure/eventhub/private-endpoint.yaml"
};
static const unsigned char file823[] = {
#embed "../../Content/checks/azure/eventhub/public-network-access.yaml"
};
static const unsigned char file824[] = {
#embed "../../Content/checks/azure/eventhub/shared-policies.yaml"
};
static const unsigned char file825[] = {
#embed "../../Content/checks/azure/grafana/api-keys.yaml"
};
static const unsigned char file826[] = {
#embed "../../Content/checks/azure/grafana/public-network-access.yaml"
};
static const unsigned char file827[] = {
#embed "../../Content/checks/azure/grafana/version.yaml"
};
static const unsigned char file828[] = {
#embed "../../Content/checks/azure/iot/local-authentication.yaml"
};
static const unsigned char file829[] = {
#embed "../../Content/checks/azure/iot/logs.yaml"
};
static const unsigned char file830[] = {
#embed "../../Content/checks/azure/iot/minimum-tls.yaml"
};
static const unsigned char file831[] = {
#embed "../../Content/checks/azure/iot/public-network-access.yaml"
};
static const unsigned char file832[] = {
#embed "../../Content/checks/azure/keyvault/access-policy.yaml"
};
static const unsigned char file833[] = {
#embed "../../Content/checks/azure/keyvault/audit-logs.yaml"
};
static const unsigned char file834[] = {
#embed "../../Content/checks/azure/keyvault/hsm-public-network-access.yaml"
};
static const unsigned char file835[] = {
#embed "../../Content/checks/azure/keyvault/hsm-purge-protection.yaml"
};
static const unsigned char file836[] = {
#embed "../../Content/checks/azure/keyvault/key-expiry.yaml"
};
static const unsigned char file837[] = {
#embed "../../Content/checks/azure/keyvault/key-hardware.yaml"
};
static const unsigned char file838[] = {
#embed "../../Content/checks/azure/keyvault/key-rotation.yaml"
};
static const unsigned char file839[] = {
#embed "../../Content/checks/azure/keyvault/private-endpoint.yaml"
};
static const unsigned char file840[] = {
#embed "../../Content/checks/azure/keyvault/public-network-access.yaml"
};
static const unsigned char file841[] = {
#embed "../../Content/checks/azure/keyvault/purge-protection.yaml"
};
static const unsigned char file842[] = {
#embed "../../Content/checks/azure/keyvault/rbac.yaml"
};
static const unsigned char file843[] = {
#embed "../../Content/checks/azure/keyvault/secret-content-type.yaml"
};
static const unsigned char file844[] = {
#embed "../../Content/checks/azure/keyvault/secret-expiry.yaml"
};
static const unsigned char file845[] = {
#embed "../../Content/checks/azure/keyvault/soft-delete.yaml"
};
static const unsigned char file846[] = {
#embed "../../Content/checks/azure/logicapps/logs.yaml"
};
static const unsigned char file847[] = {
#embed "../../Content/checks/azure/logicapps/trigger-addresses.yaml"
};
static const unsigned char file848[] = {
#embed "../../Content/checks/azure/mariadb/firewall-rule-open.yaml"
};
static const unsigned char file849[] = {
#embed "../../Content/checks/azure/mariadb/geo-backup.yaml"
};
static const unsigned char file850[] = {
#embed "../../Content/checks/azure/mariadb/minimum-tls.yaml"
};
static const unsigned char file851[] = {
#embed "../../Content/checks/azure/mariadb/private-endpoint.yaml"
};
static const unsigned char file852[] = {
#embed "../../Content/checks/azure/mariadb/public-network-access.yaml"
};
static const unsigned char file853[] = {
#embed "../../Content/checks/azure/mariadb/tls-required.yaml"
};
static const unsigned char file854[] = {
#embed "../../Content/checks/azure/ml/compute-local-authentication.yaml"
};
static const unsigned char file855[] = {
#embed "../../Content/checks/azure/ml/compute-network.yaml"
};
static const unsigned char file856[] = {
#embed "../../Content/checks/azure/ml/customer-key.yaml"
};
static const unsigned char file857[] = {
#embed "../../Content/checks/azure/ml/logs.yaml"
};
static const unsigned char file858[] = {
#embed "../../Content/checks/azure/ml/public-network-access.yaml"
};
static const unsigned char file859[] = {
#embed "../../Content/checks/azure/monitor/activity-log-categories.yaml"
};
static const unsigned char file860[] = {
#embed "../../Content/checks/azure/monitor/activity-log-exported.yaml"
};
static const unsigned char file861[] = {
#embed "../../Content/checks/azure/monitor/alert-policy-assignment-created.yaml"
};
static const unsigned char file862[] = {
#embed "../../Content/checks/azure/monitor/alert-policy-assignment-deleted.yaml"
};
static const unsigned char file863[] = {
#embed "../../Content/checks/azure/monitor/alert-public-ip-changed.yaml"
};
static const unsigned char file864[] = {
#embed "../../Content/checks/azure/monitor/alert-public-ip-deleted.yaml"
};
static const unsigned char file865[] = {
#embed "../../Content/checks/azure/monitor/alert-security-group-changed.yaml"
};
static const unsigned char file866[] = {
#embed "../../Content/checks/azure/monitor/alert-security-group-deleted.yaml"
};
static const unsigned char file867[] = {
#embed "../../Content/checks/azure/monitor/alert-security-solution-changed.yaml"
};
static const unsigned char file868[] = {
#embed "../../Content/checks/azure/monitor/alert-security-solution-deleted.yaml"
};
static const unsigned char file869[] = {
#embed "../../Content/checks/azure/monitor/alert-service-health.yaml"
};
static const unsigned char file870[] = {
#embed "../../Content/checks/azure/monitor/alert-sql-firewall-changed.yaml"
};
static const unsigned char file871[] = {
#embed "../../Content/checks/azure/monitor/alert-sql-firewall-deleted.yaml"
};
static const unsigned char file872[] = {
#embed "../../Content/checks/azure/monitor/application-insights-local-auth.yaml"
};
static const unsigned char file873[] = {
#embed "../../Content/checks/azure/monitor/application-insights-workspace.yaml"
};
static const unsigned char file874[] = {
#embed "../../Content/checks/azure/monitor/application-insights.yaml"
};
static const unsigned char file875[] = {
#embed "../../Content/checks/azure/monitor/log-profile-categories.yaml"
};
static const unsigned char file876[] = {
#embed "../../Content/checks/azure/monitor/log-profile-retention.yaml"
};
static const unsigned char file877[] = {
#embed "../../Content/checks/azure/monitor/workspace-audit.yaml"
};
static const unsigned char file878[] = {
#embed "../../Content/checks/azure/monitor/workspace-local-auth.yaml"
};
static const unsigned char file879[] = {
#embed "../../Content/checks/azure/monitor/workspace-public-query.yaml"
};
static const unsigned char file880[] = {
#embed "../../Content/checks/azure/monitor/workspace-retention.yaml"
};
static const unsigned char file881[] = {
#embed "../../Content/checks/azure/mysql/audit-log-connections.yaml"
};
static const unsigned char file882[] = {
#embed "../../Content/checks/azure/mysql/audit-log.yaml"
};
static const unsigned char file883[] = {
#embed "../../Content/checks/azure/mysql/audit-logs.yaml"
};
static const unsigned char file884[] = {
#embed "../../Content/checks/azure/mysql/customer-key.yaml"
};
static const unsigned char file885[] = {
#embed "../../Content/checks/azure/mysql/entra-admin.yaml"
};
static const unsigned char file886[] = {
#embed "../../Content/checks/azure/mysql/entra-only.yaml"
};
static const unsigned char file887[] = {
#embed "../../Content/checks/azure/mysql/firewall-azure-services.yaml"
};
static const unsigned char file888[] = {
#embed "../../Content/checks/azure/mysql/firewall-open.yaml"
};
static const unsigned char file889[] = {
#embed "../../Content/checks/azure/mysql/firewall-rule-open.yaml"
};
static const unsigned char file890[] = {
#embed "../../Content/checks/azure/mysql/geo-backup.yaml"
};
static const unsigned char file891[] = {
#embed "../../Content/checks/azure/mysql/high-availability.yaml"
};
static const unsigned char file892[] = {
#embed "../../Content/checks/azure/mysql/minimum-tls.yaml"
};
static const unsigned char file893[] = {
#embed "../../Content/checks/azure/mysql/public-network-access.yaml"
};
static const unsigned char file894[] = {
#embed "../../Content/checks/azure/mysql/single-double-encryption.yaml"
};
static const unsigned char file895[] = {
#embed "../../Content/checks/azure/mysql/single-entra-admin.yaml"
};
static const unsigned char file896[] = {
#embed "../../Content/checks/azure/mysql/single-firewall-azure-services.yaml"
};
static const unsigned char file897[] = {
#embed "../../Content/checks/azure/mysql/single-firewall-few-addresses.yaml"
};
static const unsigned char file898[] = {
#embed "../../Content/checks/azure/mysql/single-firewall-few-rules.yaml"
};
static const unsigned char file899[] = {
#embed "../../Content/checks/azure/mysql/single-firewall-rule-open.yaml"
};
static const unsigned char file900[] = {
#embed "../../Content/checks/azure/mysql/single-geo-backup.yaml"
};
static const unsigned char file901[] = {
#embed "../../Content/checks/azure/mysql/single-minimum-tls.yaml"
};
static const unsigned char file902[] = {
#embed "../../Content/checks/azure/mysql/single-private-endpoint.yaml"
};
static const unsigned char file903[] = {
#embed "../../Content/checks/azure/mysql/single-public-network-access.yaml"
};
static const unsigned char file904[] = {
#embed "../../Content/checks/azure/mysql/single-tls-required.yaml"
};
static const unsigned char file905[] = {
#embed "../../Content/checks/azure/mysql/tls-required.yaml"
};
static const unsigned char file906[] = {
#embed "../../Content/checks/azure/network/all-ports-from-internet.yaml"
};
static const unsigned char file907[] = {
#embed "../../Content/checks/azure/network/appgw-http2.yaml"
};
static const unsigned char file908[] = {
#embed "../../Content/checks/azure/network/appgw-https.yaml"
};
static const unsigned char file909[] = {
#embed "../../Content/checks/azure/network/appgw-logs.yaml"
};
static const unsigned char file910[] = {
#embed "../../Content/checks/azure/network/appgw-tls.yaml"
};
static const unsigned char file911[] = {
#embed "../../Content/checks/azure/network/appgw-v2.yaml"
};
static const unsigned char file912[] = {
#embed "../../Content/checks/azure/network/appgw-waf-all-rules.yaml"
};
static const unsigned char file913[] = {
#embed "../../Content/checks/azure/network/appgw-waf-policy.yaml"
};
static const unsigned char file914[] = {
#embed "../../Content/checks/azure/network/appgw-waf-prevention.yaml"
};
static const unsigned char file915[] = {
#embed "../../Content/checks/azure/network/appgw-waf-rules.yaml"
};
static const unsigned char file916[] = {
#embed "../../Content/checks/azure/network/appgw-waf-tier.yaml"
};
static const unsigned char file917[] = {
#embed "../../Content/checks/azure/network/appgw-waf.yaml"
};
static const unsigned char file918[] = {
#embed "../../Content/checks/azure/network/bastion-logs.yaml"
};
static const unsigned char file919[] = {
#embed "../../Content/checks/azure/network/bastion-subnet.yaml"
};
static const unsigned char file920[] = {
#embed "../../Content/checks/azure/network/bastion.yaml"
};
static const unsigned char file921[] = {
#embed "../../Content/checks/azure/network/cdn-https.yaml"
};
static const unsigned char file922[] = {
#embed "../../Content/checks/azure/network/cdn-logs.yaml"
};
static const unsigned char file923[] = {
#embed "../../Content/checks/azure/network/clear-text-from-internet.yaml"
};
static const unsigned char file924[] = {
#embed "../../Content/checks/azure/network/container-api-from-internet.yaml"
};
static const unsigned char file925[] = {
#embed "../../Content/checks/azure/network/database-from-internet.yaml"
};
static const unsigned char file926[] = {
#embed "../../Content/checks/azure/network/ddos-protection.yaml"
};
static const unsigned char file927[] = {
#embed "../../Content/checks/azure/network/dnssec.yaml"
};
static const unsigned char file928[] = {
#embed "../../Content/checks/azure/network/encryption.yaml"
};
static const unsigned char file929[] = {
#embed "../../Content/checks/azure/network/firewall-classic-threat-intelligence.yaml"
};
static const unsigned char file930[] = {
#embed "../../Content/checks/azure/network/firewall-intrusion-prevention.yaml"
};
static const unsigned char file931[] = {
#embed "../../Content/checks/azure/network/firewall-logs.yaml"
};
static const unsigned char file932[] = {
#embed "../../Content/checks/azure/network/firewall-subnet.yaml"
};
static const unsigned char file933[] = {
#embed "../../Content/checks/azure/network/firewall-threat-intelligence.yaml"
};
static const unsigned char file934[] = {
#embed "../../Content/checks/azure/network/flow-log-analytics.yaml"
};
static const unsigned char file935[] = {
#embed "../../Content/checks/azure/network/flow-log-retention.yaml"
};
static const unsigned char file936[] = {
#embed "../../Content/checks/azure/network/flow-logs.yaml"
};
static const unsigned char file937[] = {
#embed "../../Content/checks/azure/network/frontdoor-logs.yaml"
};
static const unsigned char file938[] = {
#embed "../../Content/checks/azure/network/frontdoor-tls.yaml"
};
static const unsigned char file939[] = {
#embed "../../Content/checks/azure/network/frontdoor-waf-enabled.yaml"
};
static const unsigned char file940[] = {
#embed "../../Content/checks/azure/network/frontdoor-waf-prevention.yaml"
};
static const unsigned char file941[] = {
#embed "../../Content/checks/azure/network/frontdoor-waf.yaml"
};
static const unsigned char file942[] = {
#embed "../../Content/checks/azure/network/http-from-internet.yaml"
};
static const unsigned char file943[] = {
#embed "../../Content/checks/azure/network/nic-in-use.yaml"
};
static const unsigned char file944[] = {
#embed "../../Content/checks/azure/network/nic-ip-forwarding.yaml"
};
static const unsigned char file945[] = {
#embed "../../Content/checks/azure/network/nic-public-ip.yaml"
};
static const unsigned char file946[] = {
#embed "../../Content/checks/azure/network/nic-serial-console.yaml"
};
static const unsigned char file947[] = {
#embed "../../Content/checks/azure/network/nsg-any-source.yaml"
};
static const unsigned char file948[] = {
#embed "../../Content/checks/azure/network/nsg-in-use.yaml"
};
static const unsigned char file949[] = {
#embed "../../Content/checks/azure/network/nsg-lateral-movement.yaml"
};
static const unsigned char file950[] = {
#embed "../../Content/checks/azure/network/nsg-logs.yaml"
};
static const unsigned char file951[] = {
#embed "../../Content/checks/azure/network/private-subnet.yaml"
};
static const unsigned char file952[] = {
#embed "../../Content/checks/azure/network/public-ip-standard.yaml"
};
static const unsigned char file953[] = {
#embed "../../Content/checks/azure/network/rdp-from-internet.yaml"
};
static const unsigned char file954[] = {
#embed "../../Content/checks/azure/network/ssh-from-internet.yaml"
};
static const unsigned char file955[] = {
#embed "../../Content/checks/azure/network/subnet-nsg.yaml"
};
static const unsigned char file956[] = {
#embed "../../Content/checks/azure/network/subnet-own-nsg.yaml"
};
static const unsigned char file957[] = {
#embed "../../Content/checks/azure/network/traffic-manager-https.yaml"
};
static const unsigned char file958[] = {
#embed "../../Content/checks/azure/network/udp-from-internet.yaml"
};
static const unsigned char file959[] = {
#embed "../../Content/checks/azure/network/vpn-entra-sign-in.yaml"
};
static const unsigned char file960[] = {
#embed "../../Content/checks/azure/network/vpn-gateway-sku.yaml"
};
static const unsigned char file961[] = {
#embed "../../Content/checks/azure/network/vpn-logs.yaml"
};
static const unsigned char file962[] = {
#embed "../../Content/checks/azure/network/waf-policy-body.yaml"
};
static const unsigned char file963[] = {
#embed "../../Content/checks/azure/network/waf-policy-bots.yaml"
};
static const unsigned char file964[] = {
#embed "../../Content/checks/azure/network/waf-policy-enabled.yaml"
};
static const unsigned char file965[] = {
#embed "../../Content/checks/azure/network/waf-policy-exclusions.yaml"
};
static const unsigned char file966[] = {
#embed "../../Content/checks/azure/network/waf-policy-prevention.yaml"
};
static const unsigned char file967[] = {
#embed "../../Content/checks/azure/network/watcher.yaml"
};
static const unsigned char file968[] = {
#embed "../../Content/checks/azure/network/windows-admin-from-internet.yaml"
};
static const unsigned char file969[] = {
#embed "../../Content/checks/azure/policy/benchmark-assigned.yaml"
};
static const unsigned char file970[] = {
#embed "../../Content/checks/azure/policy/waiver-expiry.yaml"
};
static const unsigned char file971[] = {
#embed "../../Content/checks/azure/postgresql/connection-throttling.yaml"
};
static const unsigned char file972[] = {
#embed "../../Content/checks/azure/postgresql/customer-key.yaml"
};
static const unsigned char file973[] = {
#embed "../../Content/checks/azure/postgresql/entra-admin.yaml"
};
static const unsigned char file974[] = {
#embed "../../Content/checks/azure/postgresql/entra-authentication.yaml"
};
static const unsigned char file975[] = {
#embed "../../Content/checks/azure/postgresql/entra-only.yaml"
};
static const unsigned char file976[] = {
#embed "../../Content/checks/azure/postgresql/firewall-azure-services.yaml"
};
static const unsigned char file977[] = {
#embed "../../Content/checks/azure/postgresql/firewall-open.yaml"
};
static const unsigned char file978[] = {
#embed "../../Content/checks/azure/postgresql/firewall-rule-open.yaml"
};
static const unsigned char file979[] = {
#embed "../../Content/checks/azure/postgresql/geo-backup.yaml"
};
static const unsigned char file980[] = {
#embed "../../Content/checks/azure/postgresql/high-availability.yaml"
};
static const unsigned char file981[] = {
#embed "../../Content/checks/azure/postgresql/log-checkpoints.yaml"
};
static const unsigned char file982[] = {
#embed "../../Content/checks/azure/postgresql/log-connections.yaml"
};
static const unsigned char file983[] = {
#embed "../../Content/checks/azure/postgresql/log-disconnections.yaml"
};
static const unsigned char file984[] = {
#embed "../../Content/checks/azure/postgresql/log-retention.yaml"
};
static const unsigned char file985[] = {
#embed "../../Content/checks/azure/postgresql/logs.yaml"
};
static const unsigned char file986[] = {
#embed "../../Content/checks/azure/postgresql/minimum-tls.yaml"
};
static const unsigned char file987[] = {
#embed "../../Content/checks/azure/postgresql/public-network-access.yaml"
};
static const unsigned char file988[] = {
#embed "../../Content/checks/azure/postgresql/single-connection-throttling.yaml"
};
static const unsigned char file989[] = {
#embed "../../Content/checks/azure/postgresql/single-double-encryption.yaml"
};
static const unsigned char file990[] = {
#embed "../../Content/checks/azure/postgresql/single-entra-admin.yaml"
};
static const unsigned char file991[] = {
#embed "../../Content/checks/azure/postgresql/single-firewall-azure-services.yaml"
};
static const unsigned char file992[] = {
#embed "../../Content/checks/azure/postgresql/single-firewall-few-addresses.yaml"
};
static const unsigned char file993[] = {
#embed "../../Content/checks/azure/postgresql/single-firewall-few-rules.yaml"
};
static const unsigned char file994[] = {
#embed "../../Content/checks/azure/postgresql/single-firewall-rule-open.yaml"
};
static const unsigned char file995[] = {
#embed "../../Content/checks/azure/postgresql/single-geo-backup.yaml"
};
static const unsigned char file996[] = {
#embed "../../Content/checks/azure/postgresql/single-log-checkpoints.yaml"
};
static const unsigned char file997[] = {
#embed "../../Content/checks/azure/postgresql/single-log-connections.yaml"
};
static const unsigned char file998[] = {
#embed "../../Content/checks/azure/postgresql/single-log-retention.yaml"
};
static const unsigned char file999[] = {
#embed "../../Content/checks/azure/postgresql/single-minimum-tls.yaml"
};
static const unsigned char file1000[] = {
#embed "../../Content/checks/azure/postgresql/single-private-endpoint.yaml"
};
static const unsigned char file1001[] = {
#embed "../../Content/checks/azure/postgresql/single-public-network-access.yaml"
};
static const unsigned char file1002[] = {
#embed "../../Content/checks/azure/postgresql/single-tls-required.yaml"
};
static const unsigned char file1003[] = {
#embed "../../Content/checks/azure/postgresql/tls-required.yaml"
};
static const unsigned char file1004[] = {
#embed "../../Content/checks/azure/rbac/custom-owner.yaml"
};
static const unsigned char file1005[] = {
#embed "../../Content/checks/azure/rbac/disabled-owner.yaml"
};
static const unsigned char file1006[] = {
#embed "../../Content/checks/azure/rbac/few-owners.yaml"
};
static const unsigned char file1007[] = {
#embed "../../Content/checks/azure/rbac/guest-contributor.yaml"
};
static const unsigned char file1008[] = {
#embed "../../Content/checks/azure/rbac/guest-owner.yaml"
};
static const unsigned char file1009[] = {
#embed "../../Content/checks/azure/rbac/lock-administrator-role.yaml"
};
static const unsigned char file1010[] = {
#embed "../../Content/checks/azure/rbac/orphaned-assignment.yaml"
};
static const unsigned char file1011[] = {
#embed "../../Content/checks/azure/rbac/service-principal-owner.yaml"
};
static const unsigned char file1012[] = {
#embed "../../Content/checks/azure/rbac/two-owners.yaml"
};
static const unsigned char file1013[] = {
#embed "../../Content/checks/azure/rbac/user-access-administrator-root.yaml"
};
static const unsigned char file1014[] = {
#embed "../../Content/checks/azure/redis/enterprise-minimum-tls.yaml"
};
static const unsigned char file1015[] = {
#embed "../../Content/checks/azure/redis/enterprise-tier.yaml"
};
static const unsigned char file1016[] = {
#embed "../../Content/checks/azure/redis/entra.yaml"
};
static const unsigned char file1017[] = {
#embed "../../Content/checks/azure/redis/firewall-few-addresses.yaml"
};
static const unsigned char file1018[] = {
#embed "../../Content/checks/azure/redis/firewall-few-rules.yaml"
};
static const unsigned char file1019[] = {
#embed "../../Content/checks/azure/redis/local-authentication.yaml"
};
static const unsigned char file1020[] = {
#embed "../../Content/checks/azure/redis/logs.yaml"
};
static const unsigned char file1021[] = {
#embed "../../Content/checks/azure/redis/minimum-tls.yaml"
};
static const unsigned char file1022[] = {
#embed "../../Content/checks/azure/redis/private-endpoint.yaml"
};
static const unsigned char file1023[] = {
#embed "../../Content/checks/azure/redis/public-network-access.yaml"
};
static const unsigned char file1024[] = {
#embed "../../Content/checks/azure/redis/tls-only.yaml"
};
static const unsigned char file1025[] = {
#embed "../../Content/checks/azure/redis/version.yaml"
};
static const unsigned char file1026[] = {
#embed "../../Content/checks/azure/search/local-authentication.yaml"
};
static const unsigned char file1027[] = {
#embed "../../Content/checks/azure/search/logs.yaml"
};
static const unsigned char file1028[] = {
#embed "../../Content/checks/azure/search/managed-identity.yaml"
};
static const unsigned char file1029[] = {
#embed "../../Content/checks/azure/search/public-network-access.yaml"
};
static const unsigned char file1030[] = {
#embed "../../Content/checks/azure/servicebus/audit-logs.yaml"
};
static const unsigned char file1031[] = {
#embed "../../Content/checks/azure/servicebus/customer-key.yaml"
};
static const unsigned char file1032[] = {
#embed "../../Content/checks/azure/servicebus/firewall.yaml"
};
static const unsigned char file1033[] = {
#embed "../../Content/checks/azure/servicebus/local-authentication.yaml"
};
static const unsigned char file1034[] = {
#embed "../../Content/checks/azure/servicebus/minimum-tls.yaml"
};
static const unsigned char file1035[] = {
#embed "../../Content/checks/azure/servicebus/private-endpoint.yaml"
};
static const unsigned char file1036[] = {
#embed "../../Content/checks/azure/servicebus/public-network-access.yaml"
};
static const unsigned char file1037[] = {
#embed "../../Content/checks/azure/servicebus/shared-policies.yaml"
};
static const unsigned char file1038[] = {
#embed "../../Content/checks/azure/servicefabric/entra.yaml"
};
static const unsigned char file1039[] = {
#embed "../../Content/checks/azure/servicefabric/protection-level.yaml"
};
static const unsigned char file1040[] = {
#embed "../../Content/checks/azure/signalr/local-authentication.yaml"
};
static const unsigned char file1041[] = {
#embed "../../Content/checks/azure/signalr/managed-identity.yaml"
};
static const unsigned char file1042[] = {
#embed "../../Content/checks/azure/signalr/public-network-access.yaml"
};
static const unsigned char file1043[] = {
#embed "../../Content/checks/azure/sql/alert-addresses.yaml"
};
static const unsigned char file1044[] = {
#embed "../../Content/checks/azure/sql/alert-admins.yaml"
};
static const unsigned char file1045[] = {
#embed "../../Content/checks/azure/sql/alert-all-kinds.yaml"
};
static const unsigned char file1046[] = {
#embed "../../Content/checks/azure/sql/audit-retention.yaml"
};
static const unsigned char file1047[] = {
#embed "../../Content/checks/azure/sql/auditing.yaml"
};
static const unsigned char file1048[] = {
#embed "../../Content/checks/azure/sql/backup-geo-redundant.yaml"
};
static const unsigned char file1049[] = {
#embed "../../Content/checks/azure/sql/database-alert-addresses.yaml"
};
static const unsigned char file1050[] = {
#embed "../../Content/checks/azure/sql/database-auditing.yaml"
};
static const unsigned char file1051[] = {
#embed "../../Content/checks/azure/sql/defender.yaml"
};
static const unsigned char file1052[] = {
#embed "../../Content/checks/azure/sql/devops-auditing.yaml"
};
static const unsigned char file1053[] = {
#embed "../../Content/checks/azure/sql/entra-admin.yaml"
};
static const unsigned char file1054[] = {
#embed "../../Content/checks/azure/sql/entra-only.yaml"
};
static const unsigned char file1055[] = {
#embed "../../Content/checks/azure/sql/firewall-azure-services.yaml"
};
static const unsigned char file1056[] = {
#embed "../../Content/checks/azure/sql/firewall-few-addresses.yaml"
};
static const unsigned char file1057[] = {
#embed "../../Content/checks/azure/sql/firewall-few-rules.yaml"
};
static const unsigned char file1058[] = {
#embed "../../Content/checks/azure/sql/firewall-open.yaml"
};
static const unsigned char file1059[] = {
#embed "../../Content/checks/azure/sql/firewall-rule-azure-services.yaml"
};
static const unsigned char file1060[] = {
#embed "../../Content/checks/azure/sql/firewall-rule-open.yaml"
};
static const unsigned char file1061[] = {
#embed "../../Content/checks/azure/sql/long-term-backup.yaml"
};
static const unsigned char file1062[] = {
#embed "../../Content/checks/azure/sql/mi-customer-key.yaml"
};
static const unsigned char file1063[] = {
#embed "../../Content/checks/azure/sql/mi-defender.yaml"
};
static const unsigned char file1064[] = {
#embed "../../Content/checks/azure/sql/mi-entra-admin.yaml"
};
static const unsigned char file1065[] = {
#embed "../../Content/checks/azure/sql/mi-entra-only.yaml"
};
static const unsigned char file1066[] = {
#embed "../../Content/checks/azure/sql/mi-minimum-tls.yaml"
};
static const unsigned char file1067[] = {
#embed "../../Content/checks/azure/sql/mi-public-endpoint.yaml"
};
static const unsigned char file1068[] = {
#embed "../../Content/checks/azure/sql/mi-vulnerability-assessment.yaml"
};
static const unsigned char file1069[] = {
#embed "../../Content/checks/azure/sql/minimum-tls.yaml"
};
static const unsigned char file1070[] = {
#embed "../../Content/checks/azure/sql/outbound-restricted.yaml"
};
static const unsigned char file1071[] = {
#embed "../../Content/checks/azure/sql/private-endpoint.yaml"
};
static const unsigned char file1072[] = {
#embed "../../Content/checks/azure/sql/public-network-access.yaml"
};
static const unsigned char file1073[] = {
#embed "../../Content/checks/azure/sql/tde-customer-key.yaml"
};
static const unsigned char file1074[] = {
#embed "../../Content/checks/azure/sql/tde.yaml"
};
static const unsigned char file1075[] = {
#embed "../../Content/checks/azure/sql/vulnerability-assessment.yaml"
};
static const unsigned char file1076[] = {
#embed "../../Content/checks/azure/sql/vulnerability-reports-admins.yaml"
};
static const unsigned char file1077[] = {
#embed "../../Content/checks/azure/sql/vulnerability-reports-sent.yaml"
};
static const unsigned char file1078[] = {
#embed "../../Content/checks/azure/sql/vulnerability-scans-recur.yaml"
};
static const unsigned char file1079[] = {
#embed "../../Content/checks/azure/storage/activity-log-account-key.yaml"
};
static const unsigned char file1080[] = {
#embed "../../Content/checks/azure/storage/activity-log-account-private.yaml"
};
static const unsigned char file1081[] = {
#embed "../../Content/checks/azure/storage/blob-logs.yaml"
};
static const unsigned char file1082[] = {
#embed "../../Content/checks/azure/storage/blob-public-access.yaml"
};
static const unsigned char file1083[] = {
#embed "../../Content/checks/azure/storage/blob-soft-delete.yaml"
};
static const unsigned char file1084[] = {
#embed "../../Content/checks/azure/storage/blob-versioning.yaml"
};
static const unsigned char file1085[] = {
#embed "../../Content/checks/azure/storage/container-insights.yaml"
};
static const unsigned char file1086[] = {
#embed "../../Content/checks/azure/storage/container-private.yaml"
};
static const unsigned char file1087[] = {
#embed "../../Content/checks/azure/storage/container-public.yaml"
};
static const unsigned char file1088[] = {
#embed "../../Content/checks/azure/storage/container-soft-delete.yaml"
};
static const unsigned char file1089[] = {
#embed "../../Content/checks/azure/storage/copy-scope.yaml"
};
static const unsigned char file1090[] = {
#embed "../../Content/checks/azure/storage/cross-tenant-replication.yaml"
};
static const unsigned char file1091[] = {
#embed "../../Content/checks/azure/storage/customer-key.yaml"
};
static const unsigned char file1092[] = {
#embed "../../Content/checks/azure/storage/default-to-entra.yaml"
};
static const unsigned char file1093[] = {
#embed "../../Content/checks/azure/storage/file-logs.yaml"
};
static const unsigned char file1094[] = {
#embed "../../Content/checks/azure/storage/firewall.yaml"
};
static const unsigned char file1095[] = {
#embed "../../Content/checks/azure/storage/geo-redundant.yaml"
};
static const unsigned char file1096[] = {
#embed "../../Content/checks/azure/storage/infrastructure-encryption.yaml"
};
static const unsigned char file1097[] = {
#embed "../../Content/checks/azure/storage/key-expiry-reminder.yaml"
};
static const unsigned char file1098[] = {
#embed "../../Content/checks/azure/storage/key-rotation.yaml"
};
static const unsigned char file1099[] = {
#embed "../../Content/checks/azure/storage/local-users.yaml"
};
static const unsigned char file1100[] = {
#embed "../../Content/checks/azure/storage/malware-scanning.yaml"
};
static const unsigned char file1101[] = {
#embed "../../Content/checks/azure/storage/minimum-tls.yaml"
};
static const unsigned char file1102[] = {
#embed "../../Content/checks/azure/storage/private-endpoint.yaml"
};
static const unsigned char file1103[] = {
#embed "../../Content/checks/azure/storage/public-network-access.yaml"
};
static const unsigned char file1104[] = {
#embed "../../Content/checks/azure/storage/queue-analytics.yaml"
};
static const unsigned char file1105[] = {
#embed "../../Content/checks/azure/storage/queue-logs.yaml"
};
static const unsigned char file1106[] = {
#embed "../../Content/checks/azure/storage/replicated.yaml"
};
static const unsigned char file1107[] = {
#embed "../../Content/checks/azure/storage/sas-expiry.yaml"
};
static const unsigned char file1108[] = {
#embed "../../Content/checks/azure/storage/secure-transfer.yaml"
};
static const unsigned char file1109[] = {
#embed "../../Content/checks/azure/storage/sensitive-data-discovery.yaml"
};
static const unsigned char file1110[] = {
#embed "../../Content/checks/azure/storage/share-soft-delete.yaml"
};
static const unsigned char file1111[] = {
#embed "../../Content/checks/azure/storage/shared-key.yaml"
};
static const unsigned char file1112[] = {
#embed "../../Content/checks/azure/storage/smb-encryption.yaml"
};
static const unsigned char file1113[] = {
#embed "../../Content/checks/azure/storage/smb-kerberos.yaml"
};
static const unsigned char file1114[] = {
#embed "../../Content/checks/azure/storage/smb-version.yaml"
};
static const unsigned char file1115[] = {
#embed "../../Content/checks/azure/storage/table-logs.yaml"
};
static const unsigned char file1116[] = {
#embed "../../Content/checks/azure/storage/trusted-services.yaml"
};
static const unsigned char file1117[] = {
#embed "../../Content/checks/azure/streamanalytics/logs.yaml"
};
static const unsigned char file1118[] = {
#embed "../../Content/checks/azure/synapse/auditing.yaml"
};
static const unsigned char file1119[] = {
#embed "../../Content/checks/azure/synapse/customer-key.yaml"
};
static const unsigned char file1120[] = {
#embed "../../Content/checks/azure/synapse/entra-only.yaml"
};
static const unsigned char file1121[] = {
#embed "../../Content/checks/azure/synapse/exfiltration-protection.yaml"
};
static const unsigned char file1122[] = {
#embed "../../Content/checks/azure/synapse/firewall-open.yaml"
};
static const unsigned char file1123[] = {
#embed "../../Content/checks/azure/synapse/logs.yaml"
};
static const unsigned char file1124[] = {
#embed "../../Content/checks/azure/synapse/managed-network.yaml"
};
static const unsigned char file1125[] = {
#embed "../../Content/checks/azure/synapse/public-network-access.yaml"
};
static const unsigned char file1126[] = {
#embed "../../Content/checks/azure/webpubsub/local-authentication.yaml"
};
static const unsigned char file1127[] = {
#embed "../../Content/checks/azure/webpubsub/managed-identity.yaml"
};
static const unsigned char file1128[] = {
#embed "../../Content/checks/azure/webpubsub/public-network-access.yaml"
};
static const unsigned char file1129[] = {
#embed "../../Content/checks/gcp/accessapproval/enabled.yaml"
};
static const unsigned char file1130[] = {
#embed "../../Content/checks/gcp/accesscontextmanager/storage-perimeter.yaml"
};
static const unsigned char file1131[] = {
#embed "../../Content/checks/gcp/alloydb/backups.yaml"
};
static const unsigned char file1132[] = {
#embed "../../Content/checks/gcp/alloydb/customer-key.yaml"
};
static const unsigned char file1133[] = {
#embed "../../Content/checks/gcp/alloydb/no-public-address.yaml"
};
static const unsigned char file1134[] = {
#embed "../../Content/checks/gcp/alloydb/tls.yaml"
};
static const unsigned char file1135[] = {
#embed "../../Content/checks/gcp/apikeys/age.yaml"
};
static const unsigned char file1136[] = {
#embed "../../Content/checks/gcp/apikeys/api-restrictions.yaml"
};
static const unsigned char file1137[] = {
#embed "../../Content/checks/gcp/apikeys/application-restrictions.yaml"
};
static const unsigned char file1138[] = {
#embed "../../Content/checks/gcp/apikeys/gemini.yaml"
};
static const unsigned char file1139[] = {
#embed "../../Content/checks/gcp/apikeys/no-keys.yaml"
};
static const unsigned char file1140[] = {
#embed "../../Content/checks/gcp/appengine/https-only.yaml"
};
static const unsigned char file1141[] = {
#embed "../../Content/checks/gcp/appengine/runtime.yaml"
};
static const unsigned char file1142[] = {
#embed "../../Content/checks/gcp/artifactregistry/cleanup.yaml"
};
static const unsigned char file1143[] = {
#embed "../../Content/checks/gcp/artifactregistry/customer-key.yaml"
};
static const unsigned char file1144[] = {
#embed "../../Content/checks/gcp/artifactregistry/immutable-tags.yaml"
};
static const unsigned char file1145[] = {
#embed "../../Content/checks/gcp/artifactregistry/public.yaml"
};
static const unsigned char file1146[] = {
#embed "../../Content/checks/gcp/artifactregistry/scanning.yaml"
};
static const unsigned char file1147[] = {
#embed "../../Content/checks/gcp/bigquery/dataset-key.yaml"
};
static const unsigned char file1148[] = {
#embed "../../Content/checks/gcp/bigquery/dataset-project-writers.yaml"
};
static const unsigned char file1149[] = {
#embed "../../Content/checks/gcp/bigquery/dataset-public.yaml"
};
static const unsigned char file1150[] = {
#embed "../../Content/checks/gcp/bigquery/table-deletion-protection.yaml"
};
static const unsigned char file1151[] = {
#embed "../../Content/checks/gcp/bigquery/table-key.yaml"
};
static const unsigned char file1152[] = {
#embed "../../Content/checks/gcp/bigquery/table-public.yaml"
};
static const unsigned char file1153[] = {
#embed "../../Content/checks/gcp/bigtable/backups.yaml"
};
static const unsigned char file1154[] = {
#embed "../../Content/checks/gcp/bigtable/cluster-key.yaml"
};
static const unsigned char file1155[] = {
#embed "../../Content/checks/gcp/bigtable/deletion-protection.yaml"
};
static const unsigned char file1156[] = {
#embed "../../Content/checks/gcp/cloudbuild/fork-builds.yaml"
};
static const unsigned char file1157[] = {
#embed "../../Content/checks/gcp/cloudbuild/private-workers.yaml"
};
static const unsigned char file1158[] = {
#embed "../../Content/checks/gcp/cloudbuild/trigger-service-account.yaml"
};
static const unsigned char file1159[] = {
#embed "../../Content/checks/gcp/cloudsql/backups.yaml"
};
static const unsigned char file1160[] = {
#embed "../../Content/checks/gcp/cloudsql/customer-key.yaml"
};
static const unsigned char file1161[] = {
#embed "../../Content/checks/gcp/cloudsql/deletion-protection.yaml"
};
static const unsigned char file1162[] = {
#embed "../../Content/checks/gcp/cloudsql/high-availability.yaml"
};
static const unsigned char file1163[] = {
#embed "../../Content/checks/gcp/cloudsql/mysql-iam-authentication.yaml"
};
static const unsigned char file1164[] = {
#embed "../../Content/checks/gcp/cloudsql/mysql-local-infile.yaml"
};
static const unsigned char file1165[] = {
#embed "../../Content/checks/gcp/cloudsql/mysql-root-password.yaml"
};
static const unsigned char file1166[] = {
#embed "../../Content/checks/gcp/cloudsql/mysql-skip-show-database.yaml"
};
static const unsigned char file1167[] = {
#embed "../../Content/checks/gcp/cloudsql/newest-version.yaml"
};
static const unsigned char file1168[] = {
#embed "../../Content/checks/gcp/cloudsql/no-public-address.yaml"
};
static const unsigned char file1169[] = {
#embed "../../Content/checks/gcp/cloudsql/open-to-internet.yaml"
};
static const unsigned char file1170[] = {
#embed "../../Content/checks/gcp/cloudsql/password-policy.yaml"
};
static const unsigned char file1171[] = {
#embed "../../Content/checks/gcp/cloudsql/point-in-time-recovery.yaml"
};
static const unsigned char file1172[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-iam-authentication.yaml"
};
static const unsigned char file1173[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-checkpoints.yaml"
};
static const unsigned char file1174[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-connections.yaml"
};
static const unsigned char file1175[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-disconnections.yaml"
};
static const unsigned char file1176[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-duration.yaml"
};
static const unsigned char file1177[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-error-verbosity.yaml"
};
static const unsigned char file1178[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-executor-stats.yaml"
};
static const unsigned char file1179[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-hostname.yaml"
};
static const unsigned char file1180[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-lock-waits.yaml"
};
static const unsigned char file1181[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-min-duration.yaml"
};
static const unsigned char file1182[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-min-error-statement.yaml"
};
static const unsigned char file1183[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-min-messages-valid.yaml"
};
static const unsigned char file1184[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-min-messages.yaml"
};
static const unsigned char file1185[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-parser-stats.yaml"
};
static const unsigned char file1186[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-planner-stats.yaml"
};
static const unsigned char file1187[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-statement-stats.yaml"
};
static const unsigned char file1188[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-statement.yaml"
};
static const unsigned char file1189[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-log-temp-files.yaml"
};
static const unsigned char file1190[] = {
#embed "../../Content/checks/gcp/cloudsql/postgres-pgaudit.yaml"
};
static const unsigned char file1191[] = {
#embed "../../Content/checks/gcp/cloudsql/require-tls.yaml"
};
static const unsigned char file1192[] = {
#embed "../../Content/checks/gcp/cloudsql/server-certificate-expiry.yaml"
};
static const unsigned char file1193[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-contained-authentication.yaml"
};
static const unsigned char file1194[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-cross-db-ownership.yaml"
};
static const unsigned char file1195[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-external-scripts.yaml"
};
static const unsigned char file1196[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-remote-access.yaml"
};
static const unsigned char file1197[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-trace-3625.yaml"
};
static const unsigned char file1198[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-user-connections.yaml"
};
static const unsigned char file1199[] = {
#embed "../../Content/checks/gcp/cloudsql/sqlserver-user-options.yaml"
};
static const unsigned char file1200[] = {
#embed "../../Content/checks/gcp/cloudsql/stopped.yaml"
};
static const unsigned char file1201[] = {
#embed "../../Content/checks/gcp/cloudsql/supported-version.yaml"
};
static const unsigned char file1202[] = {
#embed "../../Content/checks/gcp/composer/customer-key.yaml"
};
static const unsigned char file1203[] = {
#embed "../../Content/checks/gcp/composer/private.yaml"
};
static const unsigned char file1204[] = {
#embed "../../Content/checks/gcp/composer/web-server.yaml"
};
static const unsigned char file1205[] = {
#embed "../../Content/checks/gcp/compute/address-idle.yaml"
};
static const unsigned char file1206[] = {
#embed "../../Content/checks/gcp/compute/automatic-restart.yaml"
};
static const unsigned char file1207[] = {
#embed "../../Content/checks/gcp/compute/block-project-ssh-keys.yaml"
};
static const unsigned char file1208[] = {
#embed "../../Content/checks/gcp/compute/confidential-computing.yaml"
};
static const unsigned char file1209[] = {
#embed "../../Content/checks/gcp/compute/customer-keys.yaml"
};
static const unsigned char file1210[] = {
#embed "../../Content/checks/gcp/compute/default-service-account-full-scope.yaml"
};
static const unsigned char file1211[] = {
#embed "../../Content/checks/gcp/compute/default-service-account.yaml"
};
static const unsigned char file1212[] = {
#embed "../../Content/checks/gcp/compute/deletion-protection.yaml"
};
static const unsigned char file1213[] = {
#embed "../../Content/checks/gcp/compute/disk-customer-key.yaml"
};
static const unsigned char file1214[] = {
#embed "../../Content/checks/gcp/compute/disk-unattached.yaml"
};
static const unsigned char file1215[] = {
#embed "../../Content/checks/gcp/compute/global-address-idle.yaml"
};
static const unsigned char file1216[] = {
#embed "../../Content/checks/gcp/compute/group-autohealing.yaml"
};
static const unsigned char file1217[] = {
#embed "../../Content/checks/gcp/compute/group-zones.yaml"
};
static const unsigned char file1218[] = {
#embed "../../Content/checks/gcp/compute/image-public.yaml"
};
static const unsigned char file1219[] = {
#embed "../../Content/checks/gcp/compute/instance-stopped.yaml"
};
static const unsigned char file1220[] = {
#embed "../../Content/checks/gcp/compute/ip-forwarding.yaml"
};
static const unsigned char file1221[] = {
#embed "../../Content/checks/gcp/compute/live-migration.yaml"
};
static const unsigned char file1222[] = {
#embed "../../Content/checks/gcp/compute/os-login-2fa.yaml"
};
static const unsigned char file1223[] = {
#embed "../../Content/checks/gcp/compute/os-login-not-overridden.yaml"
};
static const unsigned char file1224[] = {
#embed "../../Content/checks/gcp/compute/os-login.yaml"
};
static const unsigned char file1225[] = {
#embed "../../Content/checks/gcp/compute/project-ssh-keys.yaml"
};
static const unsigned char file1226[] = {
#embed "../../Content/checks/gcp/compute/public-address.yaml"
};
static const unsigned char file1227[] = {
#embed "../../Content/checks/gcp/compute/region-disk-unattached.yaml"
};
static const unsigned char file1228[] = {
#embed "../../Content/checks/gcp/compute/secrets-in-metadata.yaml"
};
static const unsigned char file1229[] = {
#embed "../../Content/checks/gcp/compute/secure-boot.yaml"
};
static const unsigned char file1230[] = {
#embed "../../Content/checks/gcp/compute/serial-port.yaml"
};
static const unsigned char file1231[] = {
#embed "../../Content/checks/gcp/compute/shielded-vm.yaml"
};
static const unsigned char file1232[] = {
#embed "../../Content/checks/gcp/compute/snapshot-age.yaml"
};
static const unsigned char file1233[] = {
#embed "../../Content/checks/gcp/compute/snapshot-public.yaml"
};
static const unsigned char file1234[] = {
#embed "../../Content/checks/gcp/dataflow/customer-key.yaml"
};
static const unsigned char file1235[] = {
#embed "../../Content/checks/gcp/dataflow/private-workers.yaml"
};
static const unsigned char file1236[] = {
#embed "../../Content/checks/gcp/datafusion/logging.yaml"
};
static const unsigned char file1237[] = {
#embed "../../Content/checks/gcp/datafusion/monitoring.yaml"
};
static const unsigned char file1238[] = {
#embed "../../Content/checks/gcp/datafusion/private.yaml"
};
static const unsigned char file1239[] = {
#embed "../../Content/checks/gcp/dataproc/customer-key.yaml"
};
static const unsigned char file1240[] = {
#embed "../../Content/checks/gcp/dataproc/private.yaml"
};
static const unsigned char file1241[] = {
#embed "../../Content/checks/gcp/dataproc/public.yaml"
};
static const unsigned char file1242[] = {
#embed "../../Content/checks/gcp/dataproc/service-account.yaml"
};
static const unsigned char file1243[] = {
#embed "../../Content/checks/gcp/dialogflow/logging.yaml"
};
static const unsigned char file1244[] = {
#embed "../../Content/checks/gcp/dns/dnssec-key-signing.yaml"
};
static const unsigned char file1245[] = {
#embed "../../Content/checks/gcp/dns/dnssec-zone-signing.yaml"
};
static const unsigned char file1246[] = {
#embed "../../Content/checks/gcp/dns/dnssec.yaml"
};
static const unsigned char file1247[] = {
#embed "../../Content/checks/gcp/dns/zone-logging.yaml"
};
static const unsigned char file1248[] = {
#embed "../../Content/checks/gcp/documentai/processor-key.yaml"
};
static const unsigned char file1249[] = {
#embed "../../Content/checks/gcp/essentialcontacts/organization.yaml"
};
static const unsigned char file1250[] = {
#embed "../../Content/checks/gcp/filestore/customer-key.yaml"
};
static const unsigned char file1251[] = {
#embed "../../Content/checks/gcp/filestore/deletion-protection.yaml"
};
static const unsigned char file1252[] = {
#embed "../../Content/checks/gcp/filestore/export-options.yaml"
};
static const unsigned char file1253[] = {
#embed "../../Content/checks/gcp/firestore/delete-protection.yaml"
};
static const unsigned char file1254[] = {
#embed "../../Content/checks/gcp/firestore/point-in-time-recovery.yaml"
};
static const unsigned char file1255[] = {
#embed "../../Content/checks/gcp/functions/https-only.yaml"
};
static const unsigned char file1256[] = {
#embed "../../Content/checks/gcp/functions/ingress-v2.yaml"
};
static const unsigned char file1257[] = {
#embed "../../Content/checks/gcp/functions/ingress.yaml"
};
static const unsigned char file1258[] = {
#embed "../../Content/checks/gcp/functions/public.yaml"
};
static const unsigned char file1259[] = {
#embed "../../Content/checks/gcp/functions/runtime-v2.yaml"
};
static const unsigned char file1260[] = {
#embed "../../Content/checks/gcp/functions/runtime.yaml"
};
static const unsigned char file1261[] = {
#embed "../../Content/checks/gcp/functions/secrets-in-environment-v2.yaml"
};
static const unsigned char file1262[] = {
#embed "../../Content/checks/gcp/functions/secrets-in-environment.yaml"
};
static const unsigned char file1263[] = {
#embed "../../Content/checks/gcp/functions/service-account-v2.yaml"
};
static const unsigned char file1264[] = {
#embed "../../Content/checks/gcp/functions/service-account.yaml"
};
static const unsigned char file1265[] = {
#embed "../../Content/checks/gcp/functions/vpc-v2.yaml"
};
static const unsigned char file1266[] = {
#embed "../../Content/checks/gcp/functions/vpc.yaml"
};
static const unsigned char file1267[] = {
#embed "../../Content/checks/gcp/gke/alpha-features.yaml"
};
static const unsigned char file1268[] = {
#embed "../../Content/checks/gcp/gke/anonymous-bindings.yaml"
};
static const unsigned char file1269[] = {
#embed "../../Content/checks/gcp/gke/anonymous-requests.yaml"
};
static const unsigned char file1270[] = {
#embed "../../Content/checks/gcp/gke/authorized-networks.yaml"
};
static const unsigned char file1271[] = {
#embed "../../Content/checks/gcp/gke/backup-agent.yaml"
};
static const unsigned char file1272[] = {
#embed "../../Content/checks/gcp/gke/basic-authentication.yaml"
};
static const unsigned char file1273[] = {
#embed "../../Content/checks/gcp/gke/binary-authorization.yaml"
};
static const unsigned char file1274[] = {
#embed "../../Content/checks/gcp/gke/client-certificate.yaml"
};
static const unsigned char file1275[] = {
#embed "../../Content/checks/gcp/gke/control-plane-access.yaml"
};
static const unsigned char file1276[] = {
#embed "../../Content/checks/gcp/gke/dashboard.yaml"
};
static const unsigned char file1277[] = {
#embed "../../Content/checks/gcp/gke/intranode-visibility.yaml"
};
static const unsigned char file1278[] = {
#embed "../../Content/checks/gcp/gke/kubelet-read-only-port.yaml"
};
static const unsigned char file1279[] = {
#embed "../../Content/checks/gcp/gke/labels.yaml"
};
static const unsigned char file1280[] = {
#embed "../../Content/checks/gcp/gke/legacy-abac.yaml"
};
static const unsigned char file1281[] = {
#embed "../../Content/checks/gcp/gke/logging.yaml"
};
static const unsigned char file1282[] = {
#embed "../../Content/checks/gcp/gke/monitoring.yaml"
};
static const unsigned char file1283[] = {
#embed "../../Content/checks/gcp/gke/network-policy.yaml"
};
static const unsigned char file1284[] = {
#embed "../../Content/checks/gcp/gke/node-auto-repair.yaml"
};
static const unsigned char file1285[] = {
#embed "../../Content/checks/gcp/gke/node-auto-upgrade.yaml"
};
static const unsigned char file1286[] = {
#embed "../../Content/checks/gcp/gke/node-disk-key.yaml"
};
static const unsigned char file1287[] = {
#embed "../../Content/checks/gcp/gke/node-image.yaml"
};
static const unsigned char file1288[] = {
#embed "../../Content/checks/gcp/gke/node-integrity.yaml"
};
static const unsigned char file1289[] = {
#embed "../../Content/checks/gcp/gke/node-legacy-metadata.yaml"
};
static const unsigned char file1290[] = {
#embed "../../Content/checks/gcp/gke/node-metadata.yaml"
};
static const unsigned char file1291[] = {
#embed "../../Content/checks/gcp/gke/node-secure-boot.yaml"
};
static const unsigned char file1292[] = {
#embed "../../Content/checks/gcp/gke/node-service-account.yaml"
};
static const unsigned char file1293[] = {
#embed "../../Content/checks/gcp/gke/pools-of-their-own.yaml"
};
static const unsigned char file1294[] = {
#embed "../../Content/checks/gcp/gke/private-nodes.yaml"
};
static const unsigned char file1295[] = {
#embed "../../Content/checks/gcp/gke/rbac-groups.yaml"
};
static const unsigned char file1296[] = {
#embed "../../Content/checks/gcp/gke/release-channel.yaml"
};
static const unsigned char file1297[] = {
#embed "../../Content/checks/gcp/gke/secrets-encryption.yaml"
};
static const unsigned char file1298[] = {
#embed "../../Content/checks/gcp/gke/security-posture.yaml"
};
static const unsigned char file1299[] = {
#embed "../../Content/checks/gcp/gke/shielded-nodes.yaml"
};
static const unsigned char file1300[] = {
#embed "../../Content/checks/gcp/gke/vpc-native.yaml"
};
static const unsigned char file1301[] = {
#embed "../../Content/checks/gcp/gke/workload-identity.yaml"
};
static const unsigned char file1302[] = {
#embed "../../Content/checks/gcp/iam/audit-logs.yaml"
};
static const unsigned char file1303[] = {
#embed "../../Content/checks/gcp/iam/basic-roles-folder.yaml"
};
static const unsigned char file1304[] = {
#embed "../../Content/checks/gcp/iam/basic-roles-organization.yaml"
};
static const unsigned char file1305[] = {
#embed "../../Content/checks/gcp/iam/basic-roles-project.yaml"
};
static const unsigned char file1306[] = {
#embed "../../Content/checks/gcp/iam/custom-role-escalation.yaml"
};
static const unsigned char file1307[] = {
#embed "../../Content/checks/gcp/iam/default-service-account-editor.yaml"
};
static const unsigned char file1308[] = {
#embed "../../Content/checks/gcp/iam/default-service-account-folder.yaml"
};
static const unsigned char file1309[] = {
#embed "../../Content/checks/gcp/iam/default-service-account-organization.yaml"
};
static const unsigned char file1310[] = {
#embed "../../Content/checks/gcp/iam/default-service-account-project.yaml"
};
static const unsigned char file1311[] = {
#embed "../../Content/checks/gcp/iam/deleted-members.yaml"
};
static const unsigned char file1312[] = {
#embed "../../Content/checks/gcp/iam/impersonation-folder.yaml"
};
static const unsigned char file1313[] = {
#embed "../../Content/checks/gcp/iam/impersonation-organization.yaml"
};
static const unsigned char file1314[] = {
#embed "../../Content/checks/gcp/iam/impersonation-project.yaml"
};
static const unsigned char file1315[] = {
#embed "../../Content/checks/gcp/iam/key-age.yaml"
};
static const unsigned char file1316[] = {
#embed "../../Content/checks/gcp/iam/key-used.yaml"
};
static const unsigned char file1317[] = {
#embed "../../Content/checks/gcp/iam/no-user-managed-keys.yaml"
};
static const unsigned char file1318[] = {
#embed "../../Content/checks/gcp/iam/org-admin-service-account.yaml"
};
static const unsigned char file1319[] = {
#embed "../../Content/checks/gcp/iam/private-mail-accounts-organization.yaml"
};
static const unsigned char file1320[] = {
#embed "../../Content/checks/gcp/iam/private-mail-accounts-project.yaml"
};
static const unsigned char file1321[] = {
#embed "../../Content/checks/gcp/iam/public-folder.yaml"
};
static const unsigned char file1322[] = {
#embed "../../Content/checks/gcp/iam/public-organization.yaml"
};
static const unsigned char file1323[] = {
#embed "../../Content/checks/gcp/iam/public-policy.yaml"
};
static const unsigned char file1324[] = {
#embed "../../Content/checks/gcp/iam/public-project.yaml"
};
static const unsigned char file1325[] = {
#embed "../../Content/checks/gcp/iam/separate-service-account-duties.yaml"
};
static const unsigned char file1326[] = {
#embed "../../Content/checks/gcp/iam/service-account-admin-project.yaml"
};
static const unsigned char file1327[] = {
#embed "../../Content/checks/gcp/iam/service-account-admin.yaml"
};
static const unsigned char file1328[] = {
#embed "../../Content/checks/gcp/iam/service-account-public.yaml"
};
static const unsigned char file1329[] = {
#embed "../../Content/checks/gcp/iam/service-account-roles-project.yaml"
};
static const unsigned char file1330[] = {
#embed "../../Content/checks/gcp/iam/service-account-used.yaml"
};
static const unsigned char file1331[] = {
#embed "../../Content/checks/gcp/iam/viewer-role-folder.yaml"
};
static const unsigned char file1332[] = {
#embed "../../Content/checks/gcp/iam/viewer-role-organization.yaml"
};
static const unsigned char file1333[] = {
#embed "../../Content/checks/gcp/iam/viewer-role-project.yaml"
};
static const unsigned char file1334[] = {
#embed "../../Content/checks/gcp/iam/workload-identity-condition.yaml"
};
static const unsigned char file1335[] = {
#embed "../../Content/checks/gcp/iam/workload-identity-whole-pool.yaml"
};
static const unsigned char file1336[] = {
#embed "../../Content/checks/gcp/kms/destroy-delay.yaml"
};
static const unsigned char file1337[] = {
#embed "../../Content/checks/gcp/kms/key-public.yaml"
};
static const unsigned char file1338[] = {
#embed "../../Content/checks/gcp/kms/ring-public.yaml"
};
static const unsigned char file1339[] = {
#embed "../../Content/checks/gcp/kms/rotation-90-days.yaml"
};
static const unsigned char file1340[] = {
#embed "../../Content/checks/gcp/kms/rotation-enabled.yaml"
};
static const unsigned char file1341[] = {
#embed "../../Content/checks/gcp/kms/separate-duties.yaml"
};
static const unsigned char file1342[] = {
#embed "../../Content/checks/gcp/loadbalancing/armor-adaptive.yaml"
};
static const unsigned char file1343[] = {
#embed "../../Content/checks/gcp/loadbalancing/certificate-expiry.yaml"
};
static const unsigned char file1344[] = {
#embed "../../Content/checks/gcp/loadbalancing/cloud-armor.yaml"
};
static const unsigned char file1345[] = {
#embed "../../Content/checks/gcp/loadbalancing/http-front.yaml"
};
static const unsigned char file1346[] = {
#embed "../../Content/checks/gcp/loadbalancing/https-ciphers.yaml"
};
static const unsigned char file1347[] = {
#embed "../../Content/checks/gcp/loadbalancing/https-redirect.yaml"
};
static const unsigned char file1348[] = {
#embed "../../Content/checks/gcp/loadbalancing/idle-backend-service.yaml"
};
static const unsigned char file1349[] = {
#embed "../../Content/checks/gcp/loadbalancing/log4shell.yaml"
};
static const unsigned char file1350[] = {
#embed "../../Content/checks/gcp/loadbalancing/logging.yaml"
};
static const unsigned char file1351[] = {
#embed "../../Content/checks/gcp/loadbalancing/regional-cloud-armor.yaml"
};
static const unsigned char file1352[] = {
#embed "../../Content/checks/gcp/loadbalancing/regional-http-front.yaml"
};
static const unsigned char file1353[] = {
#embed "../../Content/checks/gcp/loadbalancing/regional-logging.yaml"
};
static const unsigned char file1354[] = {
#embed "../../Content/checks/gcp/loadbalancing/ssl-policy-ciphers.yaml"
};
static const unsigned char file1355[] = {
#embed "../../Content/checks/gcp/loadbalancing/ssl-policy-floor.yaml"
};
static const unsigned char file1356[] = {
#embed "../../Content/checks/gcp/loadbalancing/ssl-proxy-ciphers.yaml"
};
static const unsigned char file1357[] = {
#embed "../../Content/checks/gcp/logging/audit-config-changes.yaml"
};
static const unsigned char file1358[] = {
#embed "../../Content/checks/gcp/logging/bucket-key.yaml"
};
static const unsigned char file1359[] = {
#embed "../../Content/checks/gcp/logging/bucket-locked.yaml"
};
static const unsigned char file1360[] = {
#embed "../../Content/checks/gcp/logging/bucket-permission-changes.yaml"
};
static const unsigned char file1361[] = {
#embed "../../Content/checks/gcp/logging/bucket-retention.yaml"
};
static const unsigned char file1362[] = {
#embed "../../Content/checks/gcp/logging/compute-changes.yaml"
};
static const unsigned char file1363[] = {
#embed "../../Content/checks/gcp/logging/custom-role-changes.yaml"
};
static const unsigned char file1364[] = {
#embed "../../Content/checks/gcp/logging/default-sink.yaml"
};
static const unsigned char file1365[] = {
#embed "../../Content/checks/gcp/logging/firewall-changes.yaml"
};
static const unsigned char file1366[] = {
#embed "../../Content/checks/gcp/logging/key-changes.yaml"
};
static const unsigned char file1367[] = {
#embed "../../Content/checks/gcp/logging/network-changes.yaml"
};
static const unsigned char file1368[] = {
#embed "../../Content/checks/gcp/logging/owner-changes.yaml"
};
static const unsigned char file1369[] = {
#embed "../../Content/checks/gcp/logging/route-changes.yaml"
};
static const unsigned char file1370[] = {
#embed "../../Content/checks/gcp/logging/sink-for-everything.yaml"
};
static const unsigned char file1371[] = {
#embed "../../Content/checks/gcp/logging/sql-changes.yaml"
};
static const unsigned char file1372[] = {
#embed "../../Content/checks/gcp/orgpolicy/locations.yaml"
};
static const unsigned char file1373[] = {
#embed "../../Content/checks/gcp/orgpolicy/member-domains.yaml"
};
static const unsigned char file1374[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-default-grants.yaml"
};
static const unsigned char file1375[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-default-network.yaml"
};
static const unsigned char file1376[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-external-addresses.yaml"
};
static const unsigned char file1377[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-key-upload.yaml"
};
static const unsigned char file1378[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-public-buckets.yaml"
};
static const unsigned char file1379[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-public-sql.yaml"
};
static const unsigned char file1380[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-serial-port.yaml"
};
static const unsigned char file1381[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-service-account-keys.yaml"
};
static const unsigned char file1382[] = {
#embed "../../Content/checks/gcp/orgpolicy/no-sql-networks.yaml"
};
static const unsigned char file1383[] = {
#embed "../../Content/checks/gcp/orgpolicy/os-login.yaml"
};
static const unsigned char file1384[] = {
#embed "../../Content/checks/gcp/orgpolicy/shielded-vm.yaml"
};
static const unsigned char file1385[] = {
#embed "../../Content/checks/gcp/orgpolicy/tls-floor.yaml"
};
static const unsigned char file1386[] = {
#embed "../../Content/checks/gcp/orgpolicy/uniform-buckets.yaml"
};
static const unsigned char file1387[] = {
#embed "../../Content/checks/gcp/orgpolicy/workload-identity-providers.yaml"
};
static const unsigned char file1388[] = {
#embed "../../Content/checks/gcp/pubsub/dead-letters.yaml"
};
static const unsigned char file1389[] = {
#embed "../../Content/checks/gcp/pubsub/push-authenticated.yaml"
};
static const unsigned char file1390[] = {
#embed "../../Content/checks/gcp/pubsub/subscription-public.yaml"
};
static const unsigned char file1391[] = {
#embed "../../Content/checks/gcp/pubsub/topic-key.yaml"
};
static const unsigned char file1392[] = {
#embed "../../Content/checks/gcp/pubsub/topic-of-subscription.yaml"
};
static const unsigned char file1393[] = {
#embed "../../Content/checks/gcp/pubsub/topic-public.yaml"
};
static const unsigned char file1394[] = {
#embed "../../Content/checks/gcp/redis/auth.yaml"
};
static const unsigned char file1395[] = {
#embed "../../Content/checks/gcp/redis/availability.yaml"
};
static const unsigned char file1396[] = {
#embed "../../Content/checks/gcp/redis/cluster-auth.yaml"
};
static const unsigned char file1397[] = {
#embed "../../Content/checks/gcp/redis/cluster-tls.yaml"
};
static const unsigned char file1398[] = {
#embed "../../Content/checks/gcp/redis/customer-key.yaml"
};
static const unsigned char file1399[] = {
#embed "../../Content/checks/gcp/redis/tls.yaml"
};
static const unsigned char file1400[] = {
#embed "../../Content/checks/gcp/run/binary-authorization.yaml"
};
static const unsigned char file1401[] = {
#embed "../../Content/checks/gcp/run/customer-key.yaml"
};
static const unsigned char file1402[] = {
#embed "../../Content/checks/gcp/run/ingress.yaml"
};
static const unsigned char file1403[] = {
#embed "../../Content/checks/gcp/run/job-service-account.yaml"
};
static const unsigned char file1404[] = {
#embed "../../Content/checks/gcp/run/public.yaml"
};
static const unsigned char file1405[] = {
#embed "../../Content/checks/gcp/run/secrets-in-environment.yaml"
};
static const unsigned char file1406[] = {
#embed "../../Content/checks/gcp/run/service-account.yaml"
};
static const unsigned char file1407[] = {
#embed "../../Content/checks/gcp/secretmanager/customer-key.yaml"
};
static const unsigned char file1408[] = {
#embed "../../Content/checks/gcp/secretmanager/public.yaml"
};
static const unsigned char file1409[] = {
#embed "../../Content/checks/gcp/secretmanager/rotation-overdue.yaml"
};
static const unsigned char file1410[] = {
#embed "../../Content/checks/gcp/secretmanager/rotation.yaml"
};
static const unsigned char file1411[] = {
#embed "../../Content/checks/gcp/serviceusage/asset-inventory.yaml"
};
static const unsigned char file1412[] = {
#embed "../../Content/checks/gcp/serviceusage/container-analysis.yaml"
};
static const unsigned char file1413[] = {
#embed "../../Content/checks/gcp/serviceusage/container-scanning.yaml"
};
static const unsigned char file1414[] = {
#embed "../../Content/checks/gcp/spanner/database-key.yaml"
};
static const unsigned char file1415[] = {
#embed "../../Content/checks/gcp/spanner/deletion-protection.yaml"
};
static const unsigned char file1416[] = {
#embed "../../Content/checks/gcp/spanner/drop-protection.yaml"
};
static const unsigned char file1417[] = {
#embed "../../Content/checks/gcp/storage/access-logs.yaml"
};
static const unsigned char file1418[] = {
#embed "../../Content/checks/gcp/storage/acl-public.yaml"
};
static const unsigned char file1419[] = {
#embed "../../Content/checks/gcp/storage/cors-wildcard.yaml"
};
static const unsigned char file1420[] = {
#embed "../../Content/checks/gcp/storage/customer-key.yaml"
};
static const unsigned char file1421[] = {
#embed "../../Content/checks/gcp/storage/default-acl-public.yaml"
};
static const unsigned char file1422[] = {
#embed "../../Content/checks/gcp/storage/lifecycle.yaml"
};
static const unsigned char file1423[] = {
#embed "../../Content/checks/gcp/storage/log-bucket-locked.yaml"
};
static const unsigned char file1424[] = {
#embed "../../Content/checks/gcp/storage/public-access-prevention.yaml"
};
static const unsigned char file1425[] = {
#embed "../../Content/checks/gcp/storage/public-access.yaml"
};
static const unsigned char file1426[] = {
#embed "../../Content/checks/gcp/storage/retention-period.yaml"
};
static const unsigned char file1427[] = {
#embed "../../Content/checks/gcp/storage/soft-delete.yaml"
};
static const unsigned char file1428[] = {
#embed "../../Content/checks/gcp/storage/uniform-access.yaml"
};
static const unsigned char file1429[] = {
#embed "../../Content/checks/gcp/storage/usage-logs.yaml"
};
static const unsigned char file1430[] = {
#embed "../../Content/checks/gcp/storage/versioning.yaml"
};
static const unsigned char file1431[] = {
#embed "../../Content/checks/gcp/tpu/private.yaml"
};
static const unsigned char file1432[] = {
#embed "../../Content/checks/gcp/vertexai/colab-idle.yaml"
};
static const unsigned char file1433[] = {
#embed "../../Content/checks/gcp/vertexai/colab-internet.yaml"
};
static const unsigned char file1434[] = {
#embed "../../Content/checks/gcp/vertexai/colab-secure-boot.yaml"
};
static const unsigned char file1435[] = {
#embed "../../Content/checks/gcp/vertexai/dataset-key.yaml"
};
static const unsigned char file1436[] = {
#embed "../../Content/checks/gcp/vertexai/endpoint-key.yaml"
};
static const unsigned char file1437[] = {
#embed "../../Content/checks/gcp/vertexai/endpoint-private.yaml"
};
static const unsigned char file1438[] = {
#embed "../../Content/checks/gcp/vertexai/featurestore-key.yaml"
};
static const unsigned char file1439[] = {
#embed "../../Content/checks/gcp/vertexai/index-endpoint-private.yaml"
};
static const unsigned char file1440[] = {
#embed "../../Content/checks/gcp/vertexai/metadata-store-key.yaml"
};
static const unsigned char file1441[] = {
#embed "../../Content/checks/gcp/vertexai/model-key.yaml"
};
static const unsigned char file1442[] = {
#embed "../../Content/checks/gcp/vertexai/runtime-key.yaml"
};
static const unsigned char file1443[] = {
#embed "../../Content/checks/gcp/vertexai/runtime-private.yaml"
};
static const unsigned char file1444[] = {
#embed "../../Content/checks/gcp/vertexai/tensorboard-key.yaml"
};
static const unsigned char file1445[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-download.yaml"
};
static const unsigned char file1446[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-key.yaml"
};
static const unsigned char file1447[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-private.yaml"
};
static const unsigned char file1448[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-root.yaml"
};
static const unsigned char file1449[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-shielded.yaml"
};
static const unsigned char file1450[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-terminal.yaml"
};
static const unsigned char file1451[] = {
#embed "../../Content/checks/gcp/vertexai/workbench-upgrades.yaml"
};
static const unsigned char file1452[] = {
#embed "../../Content/checks/gcp/vpc/all-ports-open-to-internet.yaml"
};
static const unsigned char file1453[] = {
#embed "../../Content/checks/gcp/vpc/auto-mode-network.yaml"
};
static const unsigned char file1454[] = {
#embed "../../Content/checks/gcp/vpc/cassandra-open-to-internet.yaml"
};
static const unsigned char file1455[] = {
#embed "../../Content/checks/gcp/vpc/default-network.yaml"
};
static const unsigned char file1456[] = {
#embed "../../Content/checks/gcp/vpc/dns-logging.yaml"
};
static const unsigned char file1457[] = {
#embed "../../Content/checks/gcp/vpc/dns-open-to-internet.yaml"
};
static const unsigned char file1458[] = {
#embed "../../Content/checks/gcp/vpc/docker-open-to-internet.yaml"
};
static const unsigned char file1459[] = {
#embed "../../Content/checks/gcp/vpc/elasticsearch-open-to-internet.yaml"
};
static const unsigned char file1460[] = {
#embed "../../Content/checks/gcp/vpc/firewall-logging.yaml"
};
static const unsigned char file1461[] = {
#embed "../../Content/checks/gcp/vpc/flow-logs-complete.yaml"
};
static const unsigned char file1462[] = {
#embed "../../Content/checks/gcp/vpc/flow-logs.yaml"
};
static const unsigned char file1463[] = {
#embed "../../Content/checks/gcp/vpc/ftp-open-to-internet.yaml"
};
static const unsigned char file1464[] = {
#embed "../../Content/checks/gcp/vpc/http-open-to-internet.yaml"
};
static const unsigned char file1465[] = {
#embed "../../Content/checks/gcp/vpc/kubernetes-open-to-internet.yaml"
};
static const unsigned char file1466[] = {
#embed "../../Content/checks/gcp/vpc/ldap-open-to-internet.yaml"
};
static const unsigned char file1467[] = {
#embed "../../Content/checks/gcp/vpc/legacy-network.yaml"
};
static const unsigned char file1468[] = {
#embed "../../Content/checks/gcp/vpc/memcached-open-to-internet.yaml"
};
static const unsigned char file1469[] = {
#embed "../../Content/checks/gcp/vpc/mongodb-open-to-internet.yaml"
};
static const unsigned char file1470[] = {
#embed "../../Content/checks/gcp/vpc/mysql-open-to-internet.yaml"
};
static const unsigned char file1471[] = {
#embed "../../Content/checks/gcp/vpc/nat-logging.yaml"
};
static const unsigned char file1472[] = {
#embed "../../Content/checks/gcp/vpc/netbios-snmp-open-to-internet.yaml"
};
static const unsigned char file1473[] = {
#embed "../../Content/checks/gcp/vpc/network-has-rules.yaml"
};
static const unsigned char file1474[] = {
#embed "../../Content/checks/gcp/vpc/oracle-open-to-internet.yaml"
};
static const unsigned char file1475[] = {
#embed "../../Content/checks/gcp/vpc/policy-admin-ports.yaml"
};
static const unsigned char file1476[] = {
#embed "../../Content/checks/gcp/vpc/postgresql-open-to-internet.yaml"
};
static const unsigned char file1477[] = {
#embed "../../Content/checks/gcp/vpc/private-google-access-ipv6.yaml"
};
static const unsigned char file1478[] = {
#embed "../../Content/checks/gcp/vpc/private-google-access.yaml"
};
static const unsigned char file1479[] = {
#embed "../../Content/checks/gcp/vpc/project-default-network.yaml"
};
static const unsigned char file1480[] = {
#embed "../../Content/checks/gcp/vpc/rdp-open-to-internet.yaml"
};
static const unsigned char file1481[] = {
#embed "../../Content/checks/gcp/vpc/redis-open-to-internet.yaml"
};
static const unsigned char file1482[] = {
#embed "../../Content/checks/gcp/vpc/smb-open-to-internet.yaml"
};
static const unsigned char file1483[] = {
#embed "../../Content/checks/gcp/vpc/smtp-open-to-internet.yaml"
};
static const unsigned char file1484[] = {
#embed "../../Content/checks/gcp/vpc/sqlserver-open-to-internet.yaml"
};
static const unsigned char file1485[] = {
#embed "../../Content/checks/gcp/vpc/ssh-open-to-internet.yaml"
};
static const unsigned char file1486[] = {
#embed "../../Content/checks/gcp/vpc/telnet-open-to-internet.yaml"
};
static const unsigned char file1487[] = {
#embed "../../Content/checks/gcp/vpc/vnc-open-to-internet.yaml"
};
static const unsigned char file1488[] = {
#embed "../../Content/checks/gcp/vpc/vpn-ike.yaml"
};
static const unsigned char file1489[] = {
#embed "../../Content/checks/gcp/vpc/winrm-open-to-internet.yaml"
};
static const unsigned char file1490[] = {
#embed "../../Content/collectors/aws/accessanalyzer.yaml"
};
static const unsigned char file1491[] = {
#embed "../../Content/collectors/aws/account.yaml"
};
static const unsigned char file1492[] = {
#embed "../../Content/collectors/aws/acm.yaml"
};
static const unsigned char file1493[] = {
#embed "../../Content/collectors/aws/apigateway.yaml"
};
static const unsigned char file1494[] = {
#embed "../../Content/collectors/aws/apigatewayv2.yaml"
};
static const unsigned char file1495[] = {
#embed "../../Content/collectors/aws/athena.yaml"
};
static const unsigned char file1496[] = {
#embed "../../Content/collectors/aws/autoscaling.yaml"
};
static const unsigned char file1497[] = {
#embed "../../Content/collectors/aws/backup.yaml"
};
static const unsigned char file1498[] = {
#embed "../../Content/collectors/aws/bedrock-agent.yaml"
};
static const unsigned char file1499[] = {
#embed "../../Content/collectors/aws/bedrock.yaml"
};
static const unsigned char file1500[] = {
#embed "../../Content/collectors/aws/cloudformation.yaml"
};
static const unsigned char file1501[] = {
#embed "../../Content/collectors/aws/cloudfront.yaml"
};
static const unsigned char file1502[] = {
#embed "../../Content/collectors/aws/cloudtrail.yaml"
};
static const unsigned char file1503[] = {
#embed "../../Content/collectors/aws/cloudwatch.yaml"
};
static const unsigned char file1504[] = {
#embed "../../Content/collectors/aws/codebuild.yaml"
};
static const unsigned char file1505[] = {
#embed "../../Content/collectors/aws/cognito-identity.yaml"
};
static const unsigned char file1506[] = {
#embed "../../Content/collectors/aws/cognito-idp.yaml"
};
static const unsigned char file1507[] = {
#embed "../../Content/collectors/aws/config.yaml"
};
static const unsigned char file1508[] = {
#embed "../../Content/collectors/aws/dms.yaml"
};
static const unsigned char file1509[] = {
#embed "../../Content/collectors/aws/docdb.yaml"
};
static const unsigned char file1510[] = {
#embed "../../Content/collectors/aws/dynamodb.yaml"
};
static const unsigned char file1511[] = {
#embed "../../Content/collectors/aws/ec2.yaml"
};
static const unsigned char file1512[] = {
#embed "../../Content/collectors/aws/ecr.yaml"
};
static const unsigned char file1513[] = {
#embed "../../Content/collectors/aws/ecs.yaml"
};
static const unsigned char file1514[] = {
#embed "../../Content/collectors/aws/efs.yaml"
};
static const unsigned char file1515[] = {
#embed "../../Content/collectors/aws/eks.yaml"
};
static const unsigned char file1516[] = {
#embed "../../Content/collectors/aws/elasticache.yaml"
};
static const unsigned char file1517[] = {
#embed "../../Content/collectors/aws/elasticbeanstalk.yaml"
};
static const unsigned char file1518[] = {
#embed "../../Content/collectors/aws/elb.yaml"
};
static const unsigned char file1519[] = {
#embed "../../Content/collectors/aws/elbv2.yaml"
};
static const unsigned char file1520[] = {
#embed "../../Content/collectors/aws/emr.yaml"
};
static const unsigned char file1521[] = {
#embed "../../Content/collectors/aws/events.yaml"
};
static const unsigned char file1522[] = {
#embed "../../Content/collectors/aws/firehose.yaml"
};
static const unsigned char file1523[] = {
#embed "../../Content/collectors/aws/fsx.yaml"
};
static const unsigned char file1524[] = {
#embed "../../Content/collectors/aws/glue.yaml"
};
static const unsigned char file1525[] = {
#embed "../../Content/collectors/aws/guardduty.yaml"
};
static const unsigned char file1526[] = {
#embed "../../Content/collectors/aws/iam.yaml"
};
static const unsigned char file1527[] = {
#embed "../../Content/collectors/aws/inspector2.yaml"
};
static const unsigned char file1528[] = {
#embed "../../Content/collectors/aws/kafka.yaml"
};
static const unsigned char file1529[] = {
#embed "../../Content/collectors/aws/kinesis.yaml"
};
static const unsigned char file1530[] = {
#embed "../../Content/collectors/aws/kms.yaml"
};
static const unsigned char file1531[] = {
#embed "../../Content/collectors/aws/lambda.yaml"
};
static const unsigned char file1532[] = {
#embed "../../Content/collectors/aws/lightsail.yaml"
};
static const unsigned char file1533[] = {
#embed "../../Content/collectors/aws/logs.yaml"
};
static const unsigned char file1534[] = {
#embed "../../Content/collectors/aws/macie2.yaml"
};
static const unsigned char file1535[] = {
#embed "../../Content/collectors/aws/memorydb.yaml"
};
static const unsigned char file1536[] = {
#embed "../../Content/collectors/aws/mq.yaml"
};
static const unsigned char file1537[] = {
#embed "../../Content/collectors/aws/neptune.yaml"
};
static const unsigned char file1538[] = {
#embed "../../Content/collectors/aws/network-firewall.yaml"
};
static const unsigned char file1539[] = {
#embed "../../Content/collectors/aws/opensearch.yaml"
};
static const unsigned char file1540[] = {
#embed "../../Content/collectors/aws/operations/accessanalyzer.json"
};
static const unsigned char file1541[] = {
#embed "../../Content/collectors/aws/operations/account.json"
};
static const unsigned char file1542[] = {
#embed "../../Content/collectors/aws/operations/acm.json"
};
static const unsigned char file1543[] = {
#embed "../../Content/collectors/aws/operations/apigateway.json"
};
static const unsigned char file1544[] = {
#embed "../../Content/collectors/aws/operations/apigatewayv2.json"
};
static const unsigned char file1545[] = {
#embed "../../Content/collectors/aws/operations/athena.json"
};
static const unsigned char file1546[] = {
#embed "../../Content/collectors/aws/operations/autoscaling.json"
};
static const unsigned char file1547[] = {
#embed "../../Content/collectors/aws/operations/backup.json"
};
static const unsigned char file1548[] = {
#embed "../../Content/collectors/aws/operations/bedrock-agent.json"
};
static const unsigned char file1549[] = {
#embed "../../Content/collectors/aws/operations/bedrock.json"
};
static const unsigned char file1550[] = {
#embed "../../Content/collectors/aws/operations/cloudformation.json"
};
static const unsigned char file1551[] = {
#embed "../../Content/collectors/aws/operations/cloudfront.json"
};
static const unsigned char file1552[] = {
#embed "../../Content/collectors/aws/operations/cloudtrail.json"
};
static const unsigned char file1553[] = {
#embed "../../Content/collectors/aws/operations/cloudwatch.json"
};
static const unsigned char file1554[] = {
#embed "../../Content/collectors/aws/operations/codebuild.json"
};
static const unsigned char file1555[] = {
#embed "../../Content/collectors/aws/operations/cognito-identity.json"
};
static const unsigned char file1556[] = {
#embed "../../Content/collectors/aws/operations/cognito-idp.json"
};
static const unsigned char file1557[] = {
#embed "../../Content/collectors/aws/operations/config.json"
};
static const unsigned char file1558[] = {
#embed "../../Content/collectors/aws/operations/dms.json"
};
static const unsigned char file1559[] = {
#embed "../../Content/collectors/aws/operations/docdb.json"
};
static const unsigned char file1560[] = {
#embed "../../Content/collectors/aws/operations/dynamodb.json"
};
static const unsigned char file1561[] = {
#embed "../../Content/collectors/aws/operations/ec2.json"
};
static const unsigned char file1562[] = {
#embed "../../Content/collectors/aws/operations/ecr.json"
};
static const unsigned char file1563[] = {
#embed "../../Content/collectors/aws/operations/ecs.json"
};
static const unsigned char file1564[] = {
#embed "../../Content/collectors/aws/operations/efs.json"
};
static const unsigned char file1565[] = {
#embed "../../Content/collectors/aws/operations/eks.json"
};
static const unsigned char file1566[] = {
#embed "../../Content/collectors/aws/operations/elasticache.json"
};
static const unsigned char file1567[] = {
#embed "../../Content/collectors/aws/operations/elasticbeanstalk.json"
};
static const unsigned char file1568[] = {
#embed "../../Content/collectors/aws/operations/elb.json"
};
static const unsigned char file1569[] = {
#embed "../../Content/collectors/aws/operations/elbv2.json"
};
static const unsigned char file1570[] = {
#embed "../../Content/collectors/aws/operations/emr.json"
};
static const unsigned char file1571[] = {
#embed "../../Content/collectors/aws/operations/events.json"
};
static const unsigned char file1572[] = {
#embed "../../Content/collectors/aws/operations/firehose.json"
};
static const unsigned char file1573[] = {
#embed "../../Content/collectors/aws/operations/fsx.json"
};
static const unsigned char file1574[] = {
#embed "../../Content/collectors/aws/operations/glue.json"
};
static const unsigned char file1575[] = {
#embed "../../Content/collectors/aws/operations/guardduty.json"
};
static const unsigned char file1576[] = {
#embed "../../Content/collectors/aws/operations/iam.json"
};
static const unsigned char file1577[] = {
#embed "../../Content/collectors/aws/operations/inspector2.json"
};
static const unsigned char file1578[] = {
#embed "../../Content/collectors/aws/operations/kafka.json"
};
static const unsigned char file1579[] = {
#embed "../../Content/collectors/aws/operations/kinesis.json"
};
static const unsigned char file1580[] = {
#embed "../../Content/collectors/aws/operations/kms.json"
};
static const unsigned char file1581[] = {
#embed "../../Content/collectors/aws/operations/lambda.json"
};
static const unsigned char file1582[] = {
#embed "../../Content/collectors/aws/operations/lightsail.json"
};
static const unsigned char file1583[] = {
#embed "../../Content/collectors/aws/operations/logs.json"
};
static const unsigned char file1584[] = {
#embed "../../Content/collectors/aws/operations/macie2.json"
};
static const unsigned char file1585[] = {
#embed "../../Content/collectors/aws/operations/memorydb.json"
};
static const unsigned char file1586[] = {
#embed "../../Content/collectors/aws/operations/mq.json"
};
static const unsigned char file1587[] = {
#embed "../../Content/collectors/aws/operations/neptune.json"
};
static const unsigned char file1588[] = {
#embed "../../Content/collectors/aws/operations/network-firewall.json"
};
static const unsigned char file1589[] = {
#embed "../../Content/collectors/aws/operations/opensearch.json"
};
static const unsigned char file1590[] = {
#embed "../../Content/collectors/aws/operations/organizations.json"
};
static const unsigned char file1591[] = {
#embed "../../Content/collectors/aws/operations/rds.json"
};
static const unsigned char file1592[] = {
#embed "../../Content/collectors/aws/operations/redshift.json"
};
static const unsigned char file1593[] = {
#embed "../../Content/collectors/aws/operations/route53.json"
};
static const unsigned char file1594[] = {
#embed "../../Content/collectors/aws/operations/route53domains.json"
};
static const unsigned char file1595[] = {
#embed "../../Content/collectors/aws/operations/s3.json"
};
static const unsigned char file1596[] = {
#embed "../../Content/collectors/aws/operations/s3control.json"
};
static const unsigned char file1597[] = {
#embed "../../Content/collectors/aws/operations/sagemaker.json"
};
static const unsigned char file1598[] = {
#embed "../../Content/collectors/aws/operations/secretsmanager.json"
};
static const unsigned char file1599[] = {
#embed "../../Content/collectors/aws/operations/securityhub.json"
};
static const unsigned char file1600[] = {
#embed "../../Content/collectors/aws/operations/ses.json"
};
static const unsigned char file1601[] = {
#embed "../../Content/collectors/aws/operations/sesv2.json"
};
static const unsigned char file1602[] = {
#embed "../../Content/collectors/aws/operations/shield.json"
};
static const unsigned char file1603[] = {
#embed "../../Content/collectors/aws/operations/sns.json"
};
static const unsigned char file1604[] = {
#embed "../../Content/collectors/aws/operations/sqs.json"
};
static const unsigned char file1605[] = {
#embed "../../Content/collectors/aws/operations/ssm.json"
};
static const unsigned char file1606[] = {
#embed "../../Content/collectors/aws/operations/stepfunctions.json"
};
static const unsigned char file1607[] = {
#embed "../../Content/collectors/aws/operations/sts.json"
};
static const unsigned char file1608[] = {
#embed "../../Content/collectors/aws/operations/transfer.json"
};
static const unsigned char file1609[] = {
#embed "../../Content/collectors/aws/operations/wafv2.json"
};
static const unsigned char file1610[] = {
#embed "../../Content/collectors/aws/operations/workspaces.json"
};
static const unsigned char file1611[] = {
#embed "../../Content/collectors/aws/organizations.yaml"
};
static const unsigned char file1612[] = {
#embed "../../Content/collectors/aws/rds.yaml"
};
static const unsigned char file1613[] = {
#embed "../../Content/collectors/aws/redshift.yaml"
};
static const unsigned char file1614[] = {
#embed "../../Content/collectors/aws/route53.yaml"
};
static const unsigned char file1615[] = {
#embed "../../Content/collectors/aws/route53domains.yaml"
};
static const unsigned char file1616[] = {
#embed "../../Content/collectors/aws/s3.yaml"
};
static const unsigned char file1617[] = {
#embed "../../Content/collectors/aws/s3control.yaml"
};
static const unsigned char file1618[] = {
#embed "../../Content/collectors/aws/sagemaker.yaml"
};
static const unsigned char file1619[] = {
#embed "../../Content/collectors/aws/secretsmanager.yaml"
};
static const unsigned char file1620[] = {
#embed "../../Content/collectors/aws/securityhub.yaml"
};
static const unsigned char file1621[] = {
#embed "../../Content/collectors/aws/ses.yaml"
};
static const unsigned char file1622[] = {
#embed "../../Content/collectors/aws/sesv2.yaml"
};
static const unsigned char file1623[] = {
#embed "../../Content/collectors/aws/shield.yaml"
};
static const unsigned char file1624[] = {
#embed "../../Content/collectors/aws/sns.yaml"
};
static const unsigned char file1625[] = {
#embed "../../Content/collectors/aws/sqs.yaml"
};
static const unsigned char file1626[] = {
#embed "../../Content/collectors/aws/ssm.yaml"
};
static const unsigned char file1627[] = {
#embed "../../Content/collectors/aws/stepfunctions.yaml"
};
static const unsigned char file1628[] = {
#embed "../../Content/collectors/aws/transfer.yaml"
};
static const unsigned char file1629[] = {
#embed "../../Content/collectors/aws/wafv2.yaml"
};
static const unsigned char file1630[] = {
#embed "../../Content/collectors/aws/workspaces.yaml"
};
static const unsigned char file1631[] = {
#embed "../../Content/collectors/azure/analytics.yaml"
};
static const unsigned char file1632[] = {
#embed "../../Content/collectors/azure/authorization.yaml"
};
static const unsigned char file1633[] = {
#embed "../../Content/collectors/azure/backup.yaml"
};
static const unsigned char file1634[] = {
#embed "../../Content/collectors/azure/compute.yaml"
};
static const unsigned char file1635[] = {
#embed "../../Content/collectors/azure/databases.yaml"
};
static const unsigned char file1636[] = {
#embed "../../Content/collectors/azure/graph.yaml"
};
static const unsigned char file1637[] = {
#embed "../../Content/collectors/azure/insights.yaml"
};
static const unsigned char file1638[] = {
#embed "../../Content/collectors/azure/keyvault.yaml"
};
static const unsigned char file1639[] = {
#embed "../../Content/collectors/azure/network.yaml"
};
static const unsigned char file1640[] = {
#embed "../../Content/collectors/azure/privateendpoints.yaml"
};
static const unsigned char file1641[] = {
#embed "../../Content/collectors/azure/security.yaml"
};
static const unsigned char file1642[] = {
#embed "../../Content/collectors/azure/sql.yaml"
};
static const unsigned char file1643[] = {
#embed "../../Content/collectors/azure/storage.yaml"
};
static const unsigned char file1644[] = {
#embed "../../Content/collectors/azure/web.yaml"
};
static const unsigned char file1645[] = {
#embed "../../Content/collectors/gcp/accessapproval.yaml"
};
static const unsigned char file1646[] = {
#embed "../../Content/collectors/gcp/accesscontextmanager.yaml"
};
static const unsigned char file1647[] = {
#embed "../../Content/collectors/gcp/apikeys.yaml"
};
static const unsigned char file1648[] = {
#embed "../../Content/collectors/gcp/essentialcontacts.yaml"
};
static const unsigned char file1649[] = {
#embed "../../Content/collectors/gcp/iam.yaml"
};
static const unsigned char file1650[] = {
#embed "../../Content/collectors/gcp/logging.yaml"
};
static const unsigned char file1651[] = {
#embed "../../Content/collectors/gcp/monitoring.yaml"
};
static const unsigned char file1652[] = {
#embed "../../Content/collectors/gcp/orgpolicy.yaml"
};
static const unsigned char file1653[] = {
#embed "../../Content/collectors/gcp/policyanalyzer.yaml"
};
static const unsigned char file1654[] = {
#embed "../../Content/collectors/gcp/sqladmin.yaml"
};
static const unsigned char file1655[] = {
#embed "../../Content/collectors/gcp/storage.yaml"
};
static const unsigned char file1656[] = {
#embed "../../Content/defaults/aws.yaml"
};
static const unsigned char file1657[] = {
#embed "../../Content/defaults/azure.yaml"
};
static const unsigned char file1658[] = {
#embed "../../Content/defaults/gcp.yaml"
};
static const unsigned char file1659[] = {
#embed "../../Content/estates/contoso-hardened/about.yaml"
};
static const unsigned char file1660[] = {
#embed "../../Content/estates/contoso-hardened/aws.yaml"
};
static const unsigned char file1661[] = {
#embed "../../Content/estates/contoso-hardened/azure.yaml"
};
static const unsigned char file1662[] = {
#embed "../../Content/estates/contoso-hardened/gcp.yaml"
};
static const unsigned char file1663[] = {
#embed "../../Content/estates/contoso/about.yaml"
};
static const unsigned char file1664[] = {
#embed "../../Content/estates/contoso/aws/bank.yaml"
};
static const unsigned char file1665[] = {
#embed "../../Content/estates/contoso/aws/organisation.yaml"
};
static const unsigned char file1666[] = {
#embed "../../Content/estates/contoso/aws/shop.yaml"
};
static const unsigned char file1667[] = {
#embed "../../Content/estates/contoso/azure/compute.yaml"
};
static const unsigned char file1668[] = {
#embed "../../Content/estates/contoso/azure/data.yaml"
};
static const unsigned char file1669[] = {
#embed "../../Content/estates/contoso/azure/defender.yaml"
};
static const unsigned char file1670[] = {
#embed "../../Content/estates/contoso/azure/directory.yaml"
};
static const unsigned char file1671[] = {
#embed "../../Content/estates/contoso/azure/governance.yaml"
};
static const unsigned char file1672[] = {
#embed "../../Content/estates/contoso/azure/network.yaml"
};
static const unsigned char file1673[] = {
#embed "../../Content/estates/contoso/azure/storage.yaml"
};
static const unsigned char file1674[] = {
#embed "../../Content/estates/contoso/gcp/bank.yaml"
};
static const unsigned char file1675[] = {
#embed "../../Content/estates/contoso/gcp/organisation.yaml"
};
static const unsigned char file1676[] = {
#embed "../../Content/estates/contoso/gcp/shop.yaml"
};
static const unsigned char file1677[] = {
#embed "../../Content/estates/contoso/planted.yaml"
};
static const unsigned char file1678[] = {
#embed "../../Content/frameworks/cis_aws_6.0.yaml"
};
static const unsigned char file1679[] = {
#embed "../../Content/frameworks/cis_aws_7.0.yaml"
};
static const unsigned char file1680[] = {
#embed "../../Content/frameworks/cis_azure_2.0.yaml"
};
static const unsigned char file1681[] = {
#embed "../../Content/frameworks/cis_azure_3.0.yaml"
};
static const unsigned char file1682[] = {
#embed "../../Content/frameworks/cis_azure_6.0.yaml"
};
static const unsigned char file1683[] = {
#embed "../../Content/frameworks/cis_controls_8.1.yaml"
};
static const unsigned char file1684[] = {
#embed "../../Content/frameworks/cis_gcp_4.0.yaml"
};
static const unsigned char file1685[] = {
#embed "../../Content/frameworks/cis_gcp_5.0.yaml"
};
static const unsigned char file1686[] = {
#embed "../../Content/frameworks/dora.yaml"
};
static const unsigned char file1687[] = {
#embed "../../Content/frameworks/gdpr.yaml"
};
static const unsigned char file1688[] = {
#embed "../../Content/frameworks/hipaa.yaml"
};
static const unsigned char file1689[] = {
#embed "../../Content/frameworks/iso27001_2013.yaml"
};
static const unsigned char file1690[] = {
#embed "../../Content/frameworks/iso27001_2022.yaml"
};
static const unsigned char file1691[] = {
#embed "../../Content/frameworks/mcsb.yaml"
};
static const unsigned char file1692[] = {
#embed "../../Content/frameworks/nis2.yaml"
};
static const unsigned char file1693[] = {
#embed "../../Content/frameworks/nist_800_53_r5.yaml"
};
static const unsigned char file1694[] = {
#embed "../../Content/frameworks/nist_csf_2.0.yaml"
};
static const unsigned char file1695[] = {
#embed "../../Content/frameworks/pci_4.0.1.yaml"
};
static const unsigned char file1696[] = {
#embed "../../Content/frameworks/soc2.yaml"
};
static const unsigned char file1697[] = {
#embed "../../Content/lessons/compute.yaml"
};
static const unsigned char file1698[] = {
#embed "../../Content/lessons/containers.yaml"
};
static const unsigned char file1699[] = {
#embed "../../Content/lessons/database.yaml"
};
static const unsigned char file1700[] = {
#embed "../../Content/lessons/encryption.yaml"
};
static const unsigned char file1701[] = {
#embed "../../Content/lessons/findings.yaml"
};
static const unsigned char file1702[] = {
#embed "../../Content/lessons/first-look.yaml"
};
static const unsigned char file1703[] = {
#embed "../../Content/lessons/identity.yaml"
};
static const unsigned char file1704[] = {
#embed "../../Content/lessons/logging.yaml"
};
static const unsigned char file1705[] = {
#embed "../../Content/lessons/network.yaml"
};
static const unsigned char file1706[] = {
#embed "../../Content/lessons/ownership.yaml"
};
static const unsigned char file1707[] = {
#embed "../../Content/lessons/public-storage.yaml"
};
static const unsigned char file1708[] = {
#embed "../../Content/lessons/worst.yaml"
};
static const unsigned char file1709[] = {
#embed "../../Content/mappings/cloudformation/identities.yaml"
};
static const unsigned char file1710[] = {
#embed "../../Content/mappings/cloudformation/merges.yaml"
};
static const unsigned char file1711[] = {
#embed "../../Content/mappings/drift.yaml"
};
static const unsigned char file1712[] = {
#embed "../../Content/mappings/terraform/aws/account.yaml"
};
static const unsigned char file1713[] = {
#embed "../../Content/mappings/terraform/aws/analytics.yaml"
};
static const unsigned char file1714[] = {
#embed "../../Content/mappings/terraform/aws/compute.yaml"
};
static const unsigned char file1715[] = {
#embed "../../Content/mappings/terraform/aws/databases.yaml"
};
static const unsigned char file1716[] = {
#embed "../../Content/mappings/terraform/aws/ec2.yaml"
};
static const unsigned char file1717[] = {
#embed "../../Content/mappings/terraform/aws/gateways.yaml"
};
static const unsigned char file1718[] = {
#embed "../../Content/mappings/terraform/aws/iam.yaml"
};
static const unsigned char file1719[] = {
#embed "../../Content/mappings/terraform/aws/logs.yaml"
};
static const unsigned char file1720[] = {
#embed "../../Content/mappings/terraform/aws/messaging.yaml"
};
static const unsigned char file1721[] = {
#embed "../../Content/mappings/terraform/aws/networks.yaml"
};
static const unsigned char file1722[] = {
#embed "../../Content/mappings/terraform/aws/provider.yaml"
};
static const unsigned char file1723[] = {
#embed "../../Content/mappings/terraform/aws/s3.yaml"
};
static const unsigned char file1724[] = {
#embed "../../Content/mappings/terraform/aws/security-groups.yaml"
};
static const unsigned char file1725[] = {
#embed "../../Content/mappings/terraform/azure/compute.yaml"
};
static const unsigned char file1726[] = {
#embed "../../Content/mappings/terraform/azure/containers.yaml"
};
static const unsigned char file1727[] = {
#embed "../../Content/mappings/terraform/azure/data.yaml"
};
static const unsigned char file1728[] = {
#embed "../../Content/mappings/terraform/azure/databases.yaml"
};
static const unsigned char file1729[] = {
#embed "../../Content/mappings/terraform/azure/integration.yaml"
};
static const unsigned char file1730[] = {
#embed "../../Content/mappings/terraform/azure/keyvault.yaml"
};
static const unsigned char file1731[] = {
#embed "../../Content/mappings/terraform/azure/monitor.yaml"
};
static const unsigned char file1732[] = {
#embed "../../Content/mappings/terraform/azure/network.yaml"
};
static const unsigned char file1733[] = {
#embed "../../Content/mappings/terraform/azure/privateendpoints.yaml"
};
static const unsigned char file1734[] = {
#embed "../../Content/mappings/terraform/azure/provider.yaml"
};
static const unsigned char file1735[] = {
#embed "../../Content/mappings/terraform/azure/sql.yaml"
};
static const unsigned char file1736[] = {
#embed "../../Content/mappings/terraform/azure/storage.yaml"
};
static const unsigned char file1737[] = {
#embed "../../Content/mappings/terraform/azure/web.yaml"
};
static const unsigned char file1738[] = {
#embed "../../Content/mappings/terraform/gcp/ai.yaml"
};
static const unsigned char file1739[] = {
#embed "../../Content/mappings/terraform/gcp/compute.yaml"
};
static const unsigned char file1740[] = {
#embed "../../Content/mappings/terraform/gcp/data.yaml"
};
static const unsigned char file1741[] = {
#embed "../../Content/mappings/terraform/gcp/gke.yaml"
};
static const unsigned char file1742[] = {
#embed "../../Content/mappings/terraform/gcp/grants.yaml"
};
static const unsigned char file1743[] = {
#embed "../../Content/mappings/terraform/gcp/iam.yaml"
};
static const unsigned char file1744[] = {
#embed "../../Content/mappings/terraform/gcp/loadbalancing.yaml"
};
static const unsigned char file1745[] = {
#embed "../../Content/mappings/terraform/gcp/provider.yaml"
};
static const unsigned char file1746[] = {
#embed "../../Content/mappings/terraform/gcp/security.yaml"
};
static const unsigned char file1747[] = {
#embed "../../Content/mappings/terraform/gcp/serverless.yaml"
};
static const unsigned char file1748[] = {
#embed "../../Content/mappings/terraform/gcp/sql.yaml"
};
static const unsigned char file1749[] = {
#embed "../../Content/mappings/terraform/gcp/storage.yaml"
};
static const unsigned char file1750[] = {
#embed "../../Content/mappings/terraform/gcp/vpc.yaml"
};
static const unsigned char file1751[] = {
#embed "../../Content/scores/compliance-manager.yaml"
};
static const unsigned char file1752[] = {
#embed "../../Content/scores/risk.yaml"
};
static const unsigned char file1753[] = {
#embed "../../Content/scores/secure-score.yaml"
};
static const unsigned char file1754[] = {
#embed "../../Content/twin/aws/operations/cloudtrail.json"
};
static const unsigned char file1755[] = {
#embed "../../Content/twin/aws/operations/ec2.json"
};
static const unsigned char file1756[] = {
#embed "../../Content/twin/aws/operations/iam.json"
};
static const unsigned char file1757[] = {
#embed "../../Content/twin/aws/operations/kms.json"
};
static const unsigned char file1758[] = {
#embed "../../Content/twin/aws/operations/lambda.json"
};
static const unsigned char file1759[] = {
#embed "../../Content/twin/aws/operations/rds.json"
};
static const unsigned char file1760[] = {
#embed "../../Content/twin/aws/operations/s3.json"
};
static const unsigned char file1761[] = {
#embed "../../Content/twin/aws/operations/s3control.json"
};
static const unsigned char file1762[] = {
#embed "../../Content/twin/aws/operations/secretsmanager.json"
};
static const unsigned char file1763[] = {
#embed "../../Content/twin/aws/operations/sqs.json"
};
static const unsigned char file1764[] = {
#embed "../../Content/twin/aws/reads/cloudtrail.yaml"
};
static const unsigned char file1765[] = {
#embed "../../Content/twin/aws/reads/ec2.yaml"
};
static const unsigned char file1766[] = {
#embed "../../Content/twin/aws/reads/iam.yaml"
};
static const unsigned char file1767[] = {
#embed "../../Content/twin/aws/reads/lambda.yaml"
};
static const unsigned char file1768[] = {
#embed "../../Content/twin/aws/reads/s3.yaml"
};
static const unsigned char file1769[] = {
#embed "../../Content/twin/aws/reads/secretsmanager.yaml"
};
static const unsigned char file1770[] = {
#embed "../../Content/twin/aws/reads/sqs.yaml"
};
static const unsigned char file1771[] = {
#embed "../../Content/twin/aws/writes/cloudtrail.yaml"
};
static const unsigned char file1772[] = {
#embed "../../Content/twin/aws/writes/ec2.yaml"
};
static const unsigned char file1773[] = {
#embed "../../Content/twin/aws/writes/iam.yaml"
};
static const unsigned char file1774[] = {
#embed "../../Content/twin/aws/writes/kms.yaml"
};
static const unsigned char file1775[] = {
#embed "../../Content/twin/aws/writes/rds.yaml"
};
static const unsigned char file1776[] = {
#embed "../../Content/twin/aws/writes/s3.yaml"
};
static const unsigned char file1777[] = {
#embed "../../Content/twin/aws/writes/s3control.yaml"
};
static const unsigned char file1778[] = {
#embed "../../Content/twin/gcp/roles.yaml"
};
static const unsigned char file1779[] = {
#embed "../../Content/web/mark.svg"
};
static const unsigned char file1780[] = {
#embed "../../Content/web/plumbline.css"
};
static const unsigned char file1781[] = {
#embed "../../Content/web/plumbline.js"
};
static const unsigned char file1782[] = {
#embed "../../Content/web/query.js"
};
static const unsigned char file1783[] = {
#embed "../../Content/web/theme.js"
};
static const unsigned char file1784[] = {
#embed "../../Content/workbooks/change.json"
};
static const unsigned char file1785[] = {
#embed "../../Content/workbooks/identity.json"
};
static const unsigned char file1786[] = {
#embed "../../Content/workbooks/posture.json"
};

static const plumb_content_file files[] = {
  {"azurepolicy/aliases.txt", file0, sizeof file0},
  {"checks/aws/accessanalyzer/enabled.yaml", file1, sizeof file1},
  {"checks/aws/accessanalyzer/unused-access.yaml", file2, sizeof file2},
  {"checks/aws/account/security-contact.yaml", file3, sizeof file3},
  {"checks/aws/account/separate-contacts.yaml", file4, sizeof file4},
  {"checks/aws/acm/expiry.yaml", file5, sizeof file5},
  {"checks/aws/acm/key-strength.yaml", file6, sizeof file6},
  {"checks/aws/acm/no-wildcard.yaml", file7, sizeof file7},
  {"checks/aws/acm/transparency.yaml", file8, sizeof file8},
  {"checks/aws/apigateway/access-logs.yaml", file9, sizeof file9},
  {"checks/aws/apigateway/cache-encrypted.yaml", file10, sizeof file10},
  {"checks/aws/apigateway/domain-tls.yaml", file11, sizeof file11},
  {"checks/aws/apigateway/public-without-authorization.yaml", file12, sizeof file12},
  {"checks/aws/apigateway/stage-logging.yaml", file13, sizeof file13},
  {"checks/aws/apigateway/stage-waf.yaml", file14, sizeof file14},
  {"checks/aws/apigateway/tracing.yaml", file15, sizeof file15},
  {"checks/aws/apigatewayv2/access-logs.yaml", file16, sizeof file16},
  {"checks/aws/apigatewayv2/cors.yaml", file17, sizeof file17},
  {"checks/aws/apigatewayv2/route-authorization.yaml", file18, sizeof file18},
  {"checks/aws/athena/metrics.yaml", file19, sizeof file19},
  {"checks/aws/athena/results-encrypted.yaml", file20, sizeof file20},
  {"checks/aws/athena/settings-enforced.yaml", file21, sizeof file21},
  {"checks/aws/autoscaling/elb-health-check.yaml", file22, sizeof file22},
  {"checks/aws/autoscaling/launch-configuration-encrypted.yaml", file23, sizeof file23},
  {"checks/aws/autoscaling/launch-configuration-imdsv2.yaml", file24, sizeof file24},
  {"checks/aws/autoscaling/launch-configuration-no-public-ip.yaml", file25, sizeof file25},
  {"checks/aws/autoscaling/launch-template.yaml", file26, sizeof file26},
  {"checks/aws/autoscaling/multi-az.yaml", file27, sizeof file27},
  {"checks/aws/backup/plan-exists.yaml", file28, sizeof file28},
  {"checks/aws/backup/vault-encrypted.yaml", file29, sizeof file29},
  {"checks/aws/backup/vault-locked.yaml", file30, sizeof file30},
  {"checks/aws/backup/vault-policy-not-public.yaml", file31, sizeof file31},
  {"checks/aws/bedrock/agent-encrypted.yaml", file32, sizeof file32},
  {"checks/aws/bedrock/agent-guardrail.yaml", file33, sizeof file33},
  {"checks/aws/bedrock/custom-model-encrypted.yaml", file34, sizeof file34},
  {"checks/aws/bedrock/guardrail-prompt-attack.yaml", file35, sizeof file35},
  {"checks/aws/bedrock/guardrail-sensitive-information.yaml", file36, sizeof file36},
  {"checks/aws/bedrock/invocation-logging.yaml", file37, sizeof file37},
  {"checks/aws/cloudformation/drift.yaml", file38, sizeof file38},
  {"checks/aws/cloudformation/output-secrets.yaml", file39, sizeof file39},
  {"checks/aws/cloudformation/termination-protection.yaml", file40, sizeof file40},
  {"checks/aws/cloudfront/certificate.yaml", file41, sizeof file41},
  {"checks/aws/cloudfront/default-root-object.yaml", file42, sizeof file42},
  {"checks/aws/cloudfront/geo-restriction.yaml", file43, sizeof file43},
  {"checks/aws/cloudfront/https-only.yaml", file44, sizeof file44},
  {"checks/aws/cloudfront/logging.yaml", file45, sizeof file45},
  {"checks/aws/cloudfront/origin-access-control.yaml", file46, sizeof file46},
  {"checks/aws/cloudfront/origin-tls-version.yaml", file47, sizeof file47},
  {"checks/aws/cloudfront/origin-tls.yaml", file48, sizeof file48},
  {"checks/aws/cloudfront/response-headers.yaml", file49, sizeof file49},
  {"checks/aws/cloudfront/tls-version.yaml", file50, sizeof file50},
  {"checks/aws/cloudfront/waf.yaml", file51, sizeof file51},
  {"checks/aws/cloudtrail/bucket-logging.yaml", file52, sizeof file52},
  {"checks/aws/cloudtrail/bucket-not-public.yaml", file53, sizeof file53},
  {"checks/aws/cloudtrail/cloudwatch-logs.yaml", file54, sizeof file54},
  {"checks/aws/cloudtrail/encrypted.yaml", file55, sizeof file55},
  {"checks/aws/cloudtrail/insights.yaml", file56, sizeof file56},
  {"checks/aws/cloudtrail/multi-region.yaml", file57, sizeof file57},
  {"checks/aws/cloudtrail/s3-read-events.yaml", file58, sizeof file58},
  {"checks/aws/cloudtrail/s3-write-events.yaml", file59, sizeof file59},
  {"checks/aws/cloudtrail/trail-multi-region.yaml", file60, sizeof file60},
  {"checks/aws/cloudtrail/validated.yaml", file61, sizeof file61},
  {"checks/aws/cloudwatch/alarm-actions-on.yaml", file62, sizeof file62},
  {"checks/aws/cloudwatch/alarm-notifies.yaml", file63, sizeof file63},
  {"checks/aws/cloudwatch/bucket-policy-changes.yaml", file64, sizeof file64},
  {"checks/aws/cloudwatch/config-changes.yaml", file65, sizeof file65},
  {"checks/aws/cloudwatch/gateway-changes.yaml", file66, sizeof file66},
  {"checks/aws/cloudwatch/iam-policy-changes.yaml", file67, sizeof file67},
  {"checks/aws/cloudwatch/key-deletion.yaml", file68, sizeof file68},
  {"checks/aws/cloudwatch/network-acl-changes.yaml", file69, sizeof file69},
  {"checks/aws/cloudwatch/organization-changes.yaml", file70, sizeof file70},
  {"checks/aws/cloudwatch/root-usage.yaml", file71, sizeof file71},
  {"checks/aws/cloudwatch/route-changes.yaml", file72, sizeof file72},
  {"checks/aws/cloudwatch/security-group-changes.yaml", file73, sizeof file73},
  {"checks/aws/cloudwatch/sign-in-failures.yaml", file74, sizeof file74},
  {"checks/aws/cloudwatch/sign-in-without-mfa.yaml", file75, sizeof file75},
  {"checks/aws/cloudwatch/trail-changes.yaml", file76, sizeof file76},
  {"checks/aws/cloudwatch/unauthorized-calls.yaml", file77, sizeof file77},
  {"checks/aws/cloudwatch/vpc-changes.yaml", file78, sizeof file78},
  {"checks/aws/codebuild/environment-secrets.yaml", file79, sizeof file79},
  {"checks/aws/codebuild/logging.yaml", file80, sizeof file80},
  {"checks/aws/codebuild/no-personal-tokens.yaml", file81, sizeof file81},
  {"checks/aws/codebuild/no-privileged.yaml", file82, sizeof file82},
  {"checks/aws/codebuild/not-public.yaml", file83, sizeof file83},
  {"checks/aws/codebuild/own-key.yaml", file84, sizeof file84},
  {"checks/aws/codebuild/report-group-encrypted.yaml", file85, sizeof file85},
  {"checks/aws/codebuild/s3-logs-encrypted.yaml", file86, sizeof file86},
  {"checks/aws/codebuild/source-credentials.yaml", file87, sizeof file87},
  {"checks/aws/cognito/client-hides-users.yaml", file88, sizeof file88},
  {"checks/aws/cognito/client-https-callbacks.yaml", file89, sizeof file89},
  {"checks/aws/cognito/client-no-implicit-flow.yaml", file90, sizeof file90},
  {"checks/aws/cognito/client-token-revocation.yaml", file91, sizeof file91},
  {"checks/aws/cognito/identity-pool-classic-flow.yaml", file92, sizeof file92},
  {"checks/aws/cognito/identity-pool-guests.yaml", file93, sizeof file93},
  {"checks/aws/cognito/user-pool-deletion-protection.yaml", file94, sizeof file94},
  {"checks/aws/cognito/user-pool-mfa.yaml", file95, sizeof file95},
  {"checks/aws/cognito/user-pool-password.yaml", file96, sizeof file96},
  {"checks/aws/cognito/user-pool-threat-protection.yaml", file97, sizeof file97},
  {"checks/aws/config/aggregator-all-regions.yaml", file98, sizeof file98},
  {"checks/aws/config/recorder-on.yaml", file99, sizeof file99},
  {"checks/aws/config/recorder-role.yaml", file100, sizeof file100},
  {"checks/aws/dms/endpoint-mongodb-authentication.yaml", file101, sizeof file101},
  {"checks/aws/dms/endpoint-redis-tls.yaml", file102, sizeof file102},
  {"checks/aws/dms/endpoint-tls.yaml", file103, sizeof file103},
  {"checks/aws/dms/instance-not-public.yaml", file104, sizeof file104},
  {"checks/aws/dms/minor-version-upgrade.yaml", file105, sizeof file105},
  {"checks/aws/dms/multi-az.yaml", file106, sizeof file106},
  {"checks/aws/docdb/cluster-backup-retention.yaml", file107, sizeof file107},
  {"checks/aws/docdb/cluster-deletion-protection.yaml", file108, sizeof file108},
  {"checks/aws/docdb/cluster-encrypted.yaml", file109, sizeof file109},
  {"checks/aws/docdb/cluster-logs-exported.yaml", file110, sizeof file110},
  {"checks/aws/docdb/cluster-multi-az.yaml", file111, sizeof file111},
  {"checks/aws/docdb/cluster-own-key.yaml", file112, sizeof file112},
  {"checks/aws/docdb/cluster-tls.yaml", file113, sizeof file113},
  {"checks/aws/docdb/snapshot-not-public.yaml", file114, sizeof file114},
  {"checks/aws/dynamodb/backup-plan.yaml", file115, sizeof file115},
  {"checks/aws/dynamodb/deletion-protection.yaml", file116, sizeof file116},
  {"checks/aws/dynamodb/kms-encryption.yaml", file117, sizeof file117},
  {"checks/aws/dynamodb/own-key.yaml", file118, sizeof file118},
  {"checks/aws/dynamodb/point-in-time-recovery.yaml", file119, sizeof file119},
  {"checks/aws/dynamodb/policy-not-public.yaml", file120, sizeof file120},
  {"checks/aws/ec2/address-used.yaml", file121, sizeof file121},
  {"checks/aws/ec2/all-ports-open-to-internet.yaml", file122, sizeof file122},
  {"checks/aws/ec2/cassandra-open-to-internet.yaml", file123, sizeof file123},
  {"checks/aws/ec2/cifs-open-to-internet.yaml", file124, sizeof file124},
  {"checks/aws/ec2/default-security-group-closed.yaml", file125, sizeof file125},
  {"checks/aws/ec2/detailed-monitoring.yaml", file126, sizeof file126},
  {"checks/aws/ec2/docker-open-to-internet.yaml", file127, sizeof file127},
  {"checks/aws/ec2/ebs-default-encryption.yaml", file128, sizeof file128},
  {"checks/aws/ec2/egress-to-internet.yaml", file129, sizeof file129},
  {"checks/aws/ec2/elasticsearch-open-to-internet.yaml", file130, sizeof file130},
  {"checks/aws/ec2/ftp-open-to-internet.yaml", file131, sizeof file131},
  {"checks/aws/ec2/http-open-to-internet.yaml", file132, sizeof file132},
  {"checks/aws/ec2/image-block-public.yaml", file133, sizeof file133},
  {"checks/aws/ec2/image-encrypted.yaml", file134, sizeof file134},
  {"checks/aws/ec2/image-not-public.yaml", file135, sizeof file135},
  {"checks/aws/ec2/imds-default.yaml", file136, sizeof file136},
  {"checks/aws/ec2/imdsv2-required.yaml", file137, sizeof file137},
  {"checks/aws/ec2/instance-no-public-ip.yaml", file138, sizeof file138},
  {"checks/aws/ec2/instance-role.yaml", file139, sizeof file139},
  {"checks/aws/ec2/kafka-open-to-internet.yaml", file140, sizeof file140},
  {"checks/aws/ec2/launch-template-imdsv2.yaml", file141, sizeof file141},
  {"checks/aws/ec2/launch-template-no-public-ip.yaml", file142, sizeof file142},
  {"checks/aws/ec2/ldap-open-to-internet.yaml", file143, sizeof file143},
  {"checks/aws/ec2/managed-by-ssm.yaml", file144, sizeof file144},
  {"checks/aws/ec2/memcached-open-to-internet.yaml", file145, sizeof file145},
  {"checks/aws/ec2/metadata-hop-limit.yaml", file146, sizeof file146},
  {"checks/aws/ec2/mongodb-open-to-internet.yaml", file147, sizeof file147},
  {"checks/aws/ec2/mysql-open-to-internet.yaml", file148, sizeof file148},
  {"checks/aws/ec2/nat-gateway-used.yaml", file149, sizeof file149},
  {"checks/aws/ec2/network-acl-admin-ports.yaml", file150, sizeof file150},
  {"checks/aws/ec2/network-acl-used.yaml", file151, sizeof file151},
  {"checks/aws/ec2/oracle-open-to-internet.yaml", file152, sizeof file152},
  {"checks/aws/ec2/postgresql-open-to-internet.yaml", file153, sizeof file153},
  {"checks/aws/ec2/rdp-open-to-internet.yaml", file154, sizeof file154},
  {"checks/aws/ec2/redis-open-to-internet.yaml", file155, sizeof file155},
  {"checks/aws/ec2/security-group-launch-wizard.yaml", file156, sizeof file156},
  {"checks/aws/ec2/security-group-used.yaml", file157, sizeof file157},
  {"checks/aws/ec2/serial-console-off.yaml", file158, sizeof file158},
  {"checks/aws/ec2/snapshot-age.yaml", file159, sizeof file159},
  {"checks/aws/ec2/snapshot-block-public.yaml", file160, sizeof file160},
  {"checks/aws/ec2/snapshot-encrypted.yaml", file161, sizeof file161},
  {"checks/aws/ec2/snapshot-not-public.yaml", file162, sizeof file162},
  {"checks/aws/ec2/sql-server-open-to-internet.yaml", file163, sizeof file163},
  {"checks/aws/ec2/ssh-open-to-internet.yaml", file164, sizeof file164},
  {"checks/aws/ec2/subnet-no-auto-public-ip.yaml", file165, sizeof file165},
  {"checks/aws/ec2/telnet-open-to-internet.yaml", file166, sizeof file166},
  {"checks/aws/ec2/transit-gateway-auto-accept.yaml", file167, sizeof file167},
  {"checks/aws/ec2/vnc-open-to-internet.yaml", file168, sizeof file168},
  {"checks/aws/ec2/volume-attached.yaml", file169, sizeof file169},
  {"checks/aws/ec2/volume-backup-plan.yaml", file170, sizeof file170},
  {"checks/aws/ec2/volume-encrypted.yaml", file171, sizeof file171},
  {"checks/aws/ec2/volume-generation.yaml", file172, sizeof file172},
  {"checks/aws/ec2/volume-own-key.yaml", file173, sizeof file173},
  {"checks/aws/ec2/winrm-open-to-internet.yaml", file174, sizeof file174},
  {"checks/aws/ecr/immutable-tags.yaml", file175, sizeof file175},
  {"checks/aws/ecr/lifecycle.yaml", file176, sizeof file176},
  {"checks/aws/ecr/own-key.yaml", file177, sizeof file177},
  {"checks/aws/ecr/policy-not-public.yaml", file178, sizeof file178},
  {"checks/aws/ecr/scan-on-push.yaml", file179, sizeof file179},
  {"checks/aws/ecs/container-insights.yaml", file180, sizeof file180},
  {"checks/aws/ecs/efs-in-transit.yaml", file181, sizeof file181},
  {"checks/aws/ecs/environment-secrets.yaml", file182, sizeof file182},
  {"checks/aws/ecs/exec-audited.yaml", file183, sizeof file183},
  {"checks/aws/ecs/fargate-platform.yaml", file184, sizeof file184},
  {"checks/aws/ecs/host-namespaces.yaml", file185, sizeof file185},
  {"checks/aws/ecs/host-network-root.yaml", file186, sizeof file186},
  {"checks/aws/ecs/logging.yaml", file187, sizeof file187},
  {"checks/aws/ecs/no-privileged-container.yaml", file188, sizeof file188},
  {"checks/aws/ecs/read-only-root.yaml", file189, sizeof file189},
  {"checks/aws/ecs/service-no-public-ip.yaml", file190, sizeof file190},
  {"checks/aws/efs/access-point-root.yaml", file191, sizeof file191},
  {"checks/aws/efs/access-point-user.yaml", file192, sizeof file192},
  {"checks/aws/efs/backup.yaml", file193, sizeof file193},
  {"checks/aws/efs/encrypted.yaml", file194, sizeof file194},
  {"checks/aws/efs/mount-target-private.yaml", file195, sizeof file195},
  {"checks/aws/efs/own-key.yaml", file196, sizeof file196},
  {"checks/aws/efs/policy-not-public.yaml", file197, sizeof file197},
  {"checks/aws/eks/access-entries.yaml", file198, sizeof file198},
  {"checks/aws/eks/control-plane-logs.yaml", file199, sizeof file199},
  {"checks/aws/eks/deletion-protection.yaml", file200, sizeof file200},
  {"checks/aws/eks/endpoint-not-public.yaml", file201, sizeof file201},
  {"checks/aws/eks/endpoint-off.yaml", file202, sizeof file202},
  {"checks/aws/eks/endpoint-private.yaml", file203, sizeof file203},
  {"checks/aws/eks/node-ssh.yaml", file204, sizeof file204},
  {"checks/aws/eks/secrets-encrypted.yaml", file205, sizeof file205},
  {"checks/aws/eks/version-supported.yaml", file206, sizeof file206},
  {"checks/aws/elasticache/authentication.yaml", file207, sizeof file207},
  {"checks/aws/elasticache/backups.yaml", file208, sizeof file208},
  {"checks/aws/elasticache/encrypted-at-rest.yaml", file209, sizeof file209},
  {"checks/aws/elasticache/encrypted-in-transit.yaml", file210, sizeof file210},
  {"checks/aws/elasticache/failover.yaml", file211, sizeof file211},
  {"checks/aws/elasticache/memcached-in-transit.yaml", file212, sizeof file212},
  {"checks/aws/elasticache/minor-version-upgrade.yaml", file213, sizeof file213},
  {"checks/aws/elasticache/multi-az.yaml", file214, sizeof file214},
  {"checks/aws/elasticache/own-key.yaml", file215, sizeof file215},
  {"checks/aws/elasticache/own-subnet-group.yaml", file216, sizeof file216},
  {"checks/aws/elasticache/serverless-users.yaml", file217, sizeof file217},
  {"checks/aws/elasticache/user-password.yaml", file218, sizeof file218},
  {"checks/aws/elasticbeanstalk/enhanced-health.yaml", file219, sizeof file219},
  {"checks/aws/elasticbeanstalk/logs-streamed.yaml", file220, sizeof file220},
  {"checks/aws/elasticbeanstalk/managed-updates.yaml", file221, sizeof file221},
  {"checks/aws/elb/access-logs.yaml", file222, sizeof file222},
  {"checks/aws/elb/cross-zone.yaml", file223, sizeof file223},
  {"checks/aws/elb/desync-mitigation.yaml", file224, sizeof file224},
  {"checks/aws/elb/tls-listeners.yaml", file225, sizeof file225},
  {"checks/aws/elb/used.yaml", file226, sizeof file226},
  {"checks/aws/elbv2/access-logs.yaml", file227, sizeof file227},
  {"checks/aws/elbv2/deletion-protection.yaml", file228, sizeof file228},
  {"checks/aws/elbv2/desync-mitigation.yaml", file229, sizeof file229},
  {"checks/aws/elbv2/drop-invalid-headers.yaml", file230, sizeof file230},
  {"checks/aws/elbv2/http-redirects.yaml", file231, sizeof file231},
  {"checks/aws/elbv2/multi-az.yaml", file232, sizeof file232},
  {"checks/aws/elbv2/tls-policy.yaml", file233, sizeof file233},
  {"checks/aws/elbv2/used.yaml", file234, sizeof file234},
  {"checks/aws/elbv2/waf-attached.yaml", file235, sizeof file235},
  {"checks/aws/emr/block-public-access.yaml", file236, sizeof file236},
  {"checks/aws/emr/cluster-logs.yaml", file237, sizeof file237},
  {"checks/aws/emr/cluster-security-configuration.yaml", file238, sizeof file238},
  {"checks/aws/emr/configuration-at-rest.yaml", file239, sizeof file239},
  {"checks/aws/emr/configuration-in-transit.yaml", file240, sizeof file240},
  {"checks/aws/events/bus-not-public.yaml", file241, sizeof file241},
  {"checks/aws/firehose/encrypted.yaml", file242, sizeof file242},
  {"checks/aws/fsx/backups.yaml", file243, sizeof file243},
  {"checks/aws/fsx/copy-tags.yaml", file244, sizeof file244},
  {"checks/aws/fsx/windows-audit.yaml", file245, sizeof file245},
  {"checks/aws/glue/catalog-encrypted.yaml", file246, sizeof file246},
  {"checks/aws/glue/catalog-not-public.yaml", file247, sizeof file247},
  {"checks/aws/glue/connection-passwords-encrypted.yaml", file248, sizeof file248},
  {"checks/aws/glue/connection-tls.yaml", file249, sizeof file249},
  {"checks/aws/glue/crawler-security-configuration.yaml", file250, sizeof file250},
  {"checks/aws/glue/dev-endpoint-private.yaml", file251, sizeof file251},
  {"checks/aws/glue/job-security-configuration.yaml", file252, sizeof file252},
  {"checks/aws/glue/ml-transform-encrypted.yaml", file253, sizeof file253},
  {"checks/aws/glue/security-configuration-complete.yaml", file254, sizeof file254},
  {"checks/aws/guardduty/eks-audit-logs.yaml", file255, sizeof file255},
  {"checks/aws/guardduty/enabled.yaml", file256, sizeof file256},
  {"checks/aws/guardduty/lambda-protection.yaml", file257, sizeof file257},
  {"checks/aws/guardduty/malware-protection.yaml", file258, sizeof file258},
  {"checks/aws/guardduty/organization-auto-enable.yaml", file259, sizeof file259},
  {"checks/aws/guardduty/rds-protection.yaml", file260, sizeof file260},
  {"checks/aws/guardduty/runtime-monitoring.yaml", file261, sizeof file261},
  {"checks/aws/guardduty/s3-protection.yaml", file262, sizeof file262},
  {"checks/aws/iam/access-key-age.yaml", file263, sizeof file263},
  {"checks/aws/iam/access-key-used.yaml", file264, sizeof file264},
  {"checks/aws/iam/console-access-used.yaml", file265, sizeof file265},
  {"checks/aws/iam/federated-sign-in.yaml", file266, sizeof file266},
  {"checks/aws/iam/group-administrator-access.yaml", file267, sizeof file267},
  {"checks/aws/iam/group-iam-full-access.yaml", file268, sizeof file268},
  {"checks/aws/iam/group-inline-admin.yaml", file269, sizeof file269},
  {"checks/aws/iam/group-inline-escalation.yaml", file270, sizeof file270},
  {"checks/aws/iam/group-inline-full-iam.yaml", file271, sizeof file271},
  {"checks/aws/iam/no-admin-policy.yaml", file272, sizeof file272},
  {"checks/aws/iam/no-cloudshell-full-access.yaml", file273, sizeof file273},
  {"checks/aws/iam/one-active-key.yaml", file274, sizeof file274},
  {"checks/aws/iam/password-expiry.yaml", file275, sizeof file275},
  {"checks/aws/iam/password-length.yaml", file276, sizeof file276},
  {"checks/aws/iam/password-lowercase.yaml", file277, sizeof file277},
  {"checks/aws/iam/password-number.yaml", file278, sizeof file278},
  {"checks/aws/iam/password-reuse.yaml", file279, sizeof file279},
  {"checks/aws/iam/password-symbol.yaml", file280, sizeof file280},
  {"checks/aws/iam/password-uppercase.yaml", file281, sizeof file281},
  {"checks/aws/iam/policies-by-group.yaml", file282, sizeof file282},
  {"checks/aws/iam/policy-all-actions.yaml", file283, sizeof file283},
  {"checks/aws/iam/policy-assume-any-role.yaml", file284, sizeof file284},
  {"checks/aws/iam/policy-credentials-exposure.yaml", file285, sizeof file285},
  {"checks/aws/iam/policy-data-exfiltration.yaml", file286, sizeof file286},
  {"checks/aws/iam/policy-full-cloudtrail.yaml", file287, sizeof file287},
  {"checks/aws/iam/policy-full-iam.yaml", file288, sizeof file288},
  {"checks/aws/iam/policy-full-kms.yaml", file289, sizeof file289},
  {"checks/aws/iam/policy-iam-full-access.yaml", file290, sizeof file290},
  {"checks/aws/iam/policy-passrole-any.yaml", file291, sizeof file291},
  {"checks/aws/iam/policy-permissions-management.yaml", file292, sizeof file292},
  {"checks/aws/iam/policy-privilege-escalation.yaml", file293, sizeof file293},
  {"checks/aws/iam/policy-public-principal.yaml", file294, sizeof file294},
  {"checks/aws/iam/policy-write-unlimited.yaml", file295, sizeof file295},
  {"checks/aws/iam/role-administrator-access.yaml", file296, sizeof file296},
  {"checks/aws/iam/role-external-id.yaml", file297, sizeof file297},
  {"checks/aws/iam/role-iam-full-access.yaml", file298, sizeof file298},
  {"checks/aws/iam/role-inline-admin.yaml", file299, sizeof file299},
  {"checks/aws/iam/role-inline-escalation.yaml", file300, sizeof file300},
  {"checks/aws/iam/role-inline-full-iam.yaml", file301, sizeof file301},
  {"checks/aws/iam/role-oidc-subject.yaml", file302, sizeof file302},
  {"checks/aws/iam/role-trust-public.yaml", file303, sizeof file303},
  {"checks/aws/iam/role-used.yaml", file304, sizeof file304},
  {"checks/aws/iam/root-hardware-mfa.yaml", file305, sizeof file305},
  {"checks/aws/iam/root-mfa.yaml", file306, sizeof file306},
  {"checks/aws/iam/root-no-access-keys.yaml", file307, sizeof file307},
  {"checks/aws/iam/root-not-used.yaml", file308, sizeof file308},
  {"checks/aws/iam/saml-provider-valid.yaml", file309, sizeof file309},
  {"checks/aws/iam/server-certificate-valid.yaml", file310, sizeof file310},
  {"checks/aws/iam/support-role.yaml", file311, sizeof file311},
  {"checks/aws/iam/unused-first-key.yaml", file312, sizeof file312},
  {"checks/aws/iam/user-administrator-access.yaml", file313, sizeof file313},
  {"checks/aws/iam/user-iam-full-access.yaml", file314, sizeof file314},
  {"checks/aws/iam/user-inline-admin.yaml", file315, sizeof file315},
  {"checks/aws/iam/user-inline-escalation.yaml", file316, sizeof file316},
  {"checks/aws/iam/user-inline-full-iam.yaml", file317, sizeof file317},
  {"checks/aws/iam/user-mfa.yaml", file318, sizeof file318},
  {"checks/aws/inspector/all-resources.yaml", file319, sizeof file319},
  {"checks/aws/inspector/enabled.yaml", file320, sizeof file320},
  {"checks/aws/kafka/authenticated.yaml", file321, sizeof file321},
  {"checks/aws/kafka/logs.yaml", file322, sizeof file322},
  {"checks/aws/kafka/not-public.yaml", file323, sizeof file323},
  {"checks/aws/kafka/tls.yaml", file324, sizeof file324},
  {"checks/aws/kinesis/encrypted.yaml", file325, sizeof file325},
  {"checks/aws/kinesis/policy-not-public.yaml", file326, sizeof file326},
  {"checks/aws/kinesis/retention.yaml", file327, sizeof file327},
  {"checks/aws/kms/key-rotation.yaml", file328, sizeof file328},
  {"checks/aws/kms/not-pending-deletion.yaml", file329, sizeof file329},
  {"checks/aws/kms/policy-defined.yaml", file330, sizeof file330},
  {"checks/aws/kms/policy-not-public.yaml", file331, sizeof file331},
  {"checks/aws/kms/single-region.yaml", file332, sizeof file332},
  {"checks/aws/kms/used.yaml", file333, sizeof file333},
  {"checks/aws/lambda/dead-letter.yaml", file334, sizeof file334},
  {"checks/aws/lambda/environment-encrypted.yaml", file335, sizeof file335},
  {"checks/aws/lambda/environment-secrets.yaml", file336, sizeof file336},
  {"checks/aws/lambda/foreign-layers.yaml", file337, sizeof file337},
  {"checks/aws/lambda/in-vpc.yaml", file338, sizeof file338},
  {"checks/aws/lambda/permission-source.yaml", file339, sizeof file339},
  {"checks/aws/lambda/policy-not-public.yaml", file340, sizeof file340},
  {"checks/aws/lambda/runtime-supported.yaml", file341, sizeof file341},
  {"checks/aws/lambda/tracing.yaml", file342, sizeof file342},
  {"checks/aws/lambda/url-authenticated.yaml", file343, sizeof file343},
  {"checks/aws/lambda/url-cors.yaml", file344, sizeof file344},
  {"checks/aws/lambda/vpc-two-zones.yaml", file345, sizeof file345},
  {"checks/aws/lightsail/balancer-https.yaml", file346, sizeof file346},
  {"checks/aws/lightsail/bucket-not-public.yaml", file347, sizeof file347},
  {"checks/aws/lightsail/database-backups.yaml", file348, sizeof file348},
  {"checks/aws/lightsail/database-not-public.yaml", file349, sizeof file349},
  {"checks/aws/lightsail/instance-admin-ports.yaml", file350, sizeof file350},
  {"checks/aws/lightsail/instance-snapshots.yaml", file351, sizeof file351},
  {"checks/aws/logs/encrypted-with-key.yaml", file352, sizeof file352},
  {"checks/aws/logs/retention-set.yaml", file353, sizeof file353},
  {"checks/aws/logs/retention.yaml", file354, sizeof file354},
  {"checks/aws/macie/enabled.yaml", file355, sizeof file355},
  {"checks/aws/memorydb/access-list.yaml", file356, sizeof file356},
  {"checks/aws/memorydb/minor-version-upgrade.yaml", file357, sizeof file357},
  {"checks/aws/memorydb/snapshots.yaml", file358, sizeof file358},
  {"checks/aws/memorydb/tls.yaml", file359, sizeof file359},
  {"checks/aws/memorydb/user-password.yaml", file360, sizeof file360},
  {"checks/aws/mq/logs.yaml", file361, sizeof file361},
  {"checks/aws/mq/minor-version-upgrade.yaml", file362, sizeof file362},
  {"checks/aws/mq/not-public.yaml", file363, sizeof file363},
  {"checks/aws/mq/standby.yaml", file364, sizeof file364},
  {"checks/aws/neptune/cluster-backup-retention.yaml", file365, sizeof file365},
  {"checks/aws/neptune/cluster-copy-tags.yaml", file366, sizeof file366},
  {"checks/aws/neptune/cluster-deletion-protection.yaml", file367, sizeof file367},
  {"checks/aws/neptune/cluster-encrypted.yaml", file368, sizeof file368},
  {"checks/aws/neptune/cluster-iam-authentication.yaml", file369, sizeof file369},
  {"checks/aws/neptune/cluster-logs-exported.yaml", file370, sizeof file370},
  {"checks/aws/neptune/cluster-multi-az.yaml", file371, sizeof file371},
  {"checks/aws/neptune/instance-not-public.yaml", file372, sizeof file372},
  {"checks/aws/neptune/minor-version-upgrade.yaml", file373, sizeof file373},
  {"checks/aws/neptune/snapshot-encrypted.yaml", file374, sizeof file374},
  {"checks/aws/neptune/snapshot-not-public.yaml", file375, sizeof file375},
  {"checks/aws/network-firewall/default-fragments.yaml", file376, sizeof file376},
  {"checks/aws/network-firewall/default-full-packets.yaml", file377, sizeof file377},
  {"checks/aws/network-firewall/deletion-protection.yaml", file378, sizeof file378},
  {"checks/aws/network-firewall/logging.yaml", file379, sizeof file379},
  {"checks/aws/network-firewall/multi-az.yaml", file380, sizeof file380},
  {"checks/aws/network-firewall/policy-has-rules.yaml", file381, sizeof file381},
  {"checks/aws/opensearch/audit-logs.yaml", file382, sizeof file382},
  {"checks/aws/opensearch/data-nodes.yaml", file383, sizeof file383},
  {"checks/aws/opensearch/encrypted-at-rest.yaml", file384, sizeof file384},
  {"checks/aws/opensearch/error-logs.yaml", file385, sizeof file385},
  {"checks/aws/opensearch/fine-grained-access.yaml", file386, sizeof file386},
  {"checks/aws/opensearch/https-only.yaml", file387, sizeof file387},
  {"checks/aws/opensearch/in-vpc.yaml", file388, sizeof file388},
  {"checks/aws/opensearch/logs-published.yaml", file389, sizeof file389},
  {"checks/aws/opensearch/master-nodes.yaml", file390, sizeof file390},
  {"checks/aws/opensearch/no-internal-users.yaml", file391, sizeof file391},
  {"checks/aws/opensearch/node-to-node.yaml", file392, sizeof file392},
  {"checks/aws/opensearch/policy-not-public.yaml", file393, sizeof file393},
  {"checks/aws/opensearch/tls-version.yaml", file394, sizeof file394},
  {"checks/aws/opensearch/updated.yaml", file395, sizeof file395},
  {"checks/aws/organizations/all-features.yaml", file396, sizeof file396},
  {"checks/aws/organizations/control-policies.yaml", file397, sizeof file397},
  {"checks/aws/organizations/delegated-administrator.yaml", file398, sizeof file398},
  {"checks/aws/organizations/member.yaml", file399, sizeof file399},
  {"checks/aws/organizations/own-control-policy.yaml", file400, sizeof file400},
  {"checks/aws/organizations/root-credentials-central.yaml", file401, sizeof file401},
  {"checks/aws/rds/backup-on.yaml", file402, sizeof file402},
  {"checks/aws/rds/backup-plan.yaml", file403, sizeof file403},
  {"checks/aws/rds/backup-retention.yaml", file404, sizeof file404},
  {"checks/aws/rds/certificate-authority.yaml", file405, sizeof file405},
  {"checks/aws/rds/cluster-backup-retention.yaml", file406, sizeof file406},
  {"checks/aws/rds/cluster-copy-tags.yaml", file407, sizeof file407},
  {"checks/aws/rds/cluster-default-admin-name.yaml", file408, sizeof file408},
  {"checks/aws/rds/cluster-deletion-protection.yaml", file409, sizeof file409},
  {"checks/aws/rds/cluster-encrypted.yaml", file410, sizeof file410},
  {"checks/aws/rds/cluster-iam-authentication.yaml", file411, sizeof file411},
  {"checks/aws/rds/cluster-logs-exported.yaml", file412, sizeof file412},
  {"checks/aws/rds/cluster-multi-az.yaml", file413, sizeof file413},
  {"checks/aws/rds/cluster-own-key.yaml", file414, sizeof file414},
  {"checks/aws/rds/cluster-snapshot-encrypted.yaml", file415, sizeof file415},
  {"checks/aws/rds/cluster-snapshot-not-public.yaml", file416, sizeof file416},
  {"checks/aws/rds/cluster-tls-required.yaml", file417, sizeof file417},
  {"checks/aws/rds/copy-tags.yaml", file418, sizeof file418},
  {"checks/aws/rds/default-admin-name.yaml", file419, sizeof file419},
  {"checks/aws/rds/deletion-protection.yaml", file420, sizeof file420},
  {"checks/aws/rds/enhanced-monitoring.yaml", file421, sizeof file421},
  {"checks/aws/rds/iam-authentication.yaml", file422, sizeof file422},
  {"checks/aws/rds/logs-exported.yaml", file423, sizeof file423},
  {"checks/aws/rds/minor-version-upgrade.yaml", file424, sizeof file424},
  {"checks/aws/rds/multi-az.yaml", file425, sizeof file425},
  {"checks/aws/rds/not-public.yaml", file426, sizeof file426},
  {"checks/aws/rds/performance-insights.yaml", file427, sizeof file427},
  {"checks/aws/rds/snapshot-encrypted.yaml", file428, sizeof file428},
  {"checks/aws/rds/snapshot-not-public.yaml", file429, sizeof file429},
  {"checks/aws/rds/storage-encrypted.yaml", file430, sizeof file430},
  {"checks/aws/rds/tls-required.yaml", file431, sizeof file431},
  {"checks/aws/redshift/audit-logging.yaml", file432, sizeof file432},
  {"checks/aws/redshift/default-admin-name.yaml", file433, sizeof file433},
  {"checks/aws/redshift/encrypted.yaml", file434, sizeof file434},
  {"checks/aws/redshift/enhanced-vpc-routing.yaml", file435, sizeof file435},
  {"checks/aws/redshift/not-public.yaml", file436, sizeof file436},
  {"checks/aws/redshift/own-key.yaml", file437, sizeof file437},
  {"checks/aws/redshift/parameter-group-tls.yaml", file438, sizeof file438},
  {"checks/aws/redshift/snapshots-kept.yaml", file439, sizeof file439},
  {"checks/aws/redshift/tls-required.yaml", file440, sizeof file440},
  {"checks/aws/redshift/version-upgrade.yaml", file441, sizeof file441},
  {"checks/aws/route53/dnssec.yaml", file442, sizeof file442},
  {"checks/aws/route53/query-logging.yaml", file443, sizeof file443},
  {"checks/aws/route53/website-record-has-bucket.yaml", file444, sizeof file444},
  {"checks/aws/route53domains/auto-renew.yaml", file445, sizeof file445},
  {"checks/aws/route53domains/privacy.yaml", file446, sizeof file446},
  {"checks/aws/route53domains/transfer-lock.yaml", file447, sizeof file447},
  {"checks/aws/s3/access-logging.yaml", file448, sizeof file448},
  {"checks/aws/s3/access-point-block.yaml", file449, sizeof file449},
  {"checks/aws/s3/access-point-not-public.yaml", file450, sizeof file450},
  {"checks/aws/s3/account-public-access-block.yaml", file451, sizeof file451},
  {"checks/aws/s3/acl-view-public.yaml", file452, sizeof file452},
  {"checks/aws/s3/acls-off.yaml", file453, sizeof file453},
  {"checks/aws/s3/block-block-public-acls.yaml", file454, sizeof file454},
  {"checks/aws/s3/block-block-public-policy.yaml", file455, sizeof file455},
  {"checks/aws/s3/block-ignore-public-acls.yaml", file456, sizeof file456},
  {"checks/aws/s3/block-restrict-public-buckets.yaml", file457, sizeof file457},
  {"checks/aws/s3/default-encryption.yaml", file458, sizeof file458},
  {"checks/aws/s3/kms-encryption.yaml", file459, sizeof file459},
  {"checks/aws/s3/mfa-delete.yaml", file460, sizeof file460},
  {"checks/aws/s3/public-access-block.yaml", file461, sizeof file461},
  {"checks/aws/s3/public-acl.yaml", file462, sizeof file462},
  {"checks/aws/s3/public-policy.yaml", file463, sizeof file463},
  {"checks/aws/s3/secure-transport.yaml", file464, sizeof file464},
  {"checks/aws/s3/versioning.yaml", file465, sizeof file465},
  {"checks/aws/sagemaker/domain-sso.yaml", file466, sizeof file466},
  {"checks/aws/sagemaker/domain-vpc-only.yaml", file467, sizeof file467},
  {"checks/aws/sagemaker/endpoint-encrypted.yaml", file468, sizeof file468},
  {"checks/aws/sagemaker/model-in-vpc.yaml", file469, sizeof file469},
  {"checks/aws/sagemaker/model-isolated.yaml", file470, sizeof file470},
  {"checks/aws/sagemaker/notebook-encrypted.yaml", file471, sizeof file471},
  {"checks/aws/sagemaker/notebook-imdsv2.yaml", file472, sizeof file472},
  {"checks/aws/sagemaker/notebook-in-vpc.yaml", file473, sizeof file473},
  {"checks/aws/sagemaker/notebook-no-direct-internet.yaml", file474, sizeof file474},
  {"checks/aws/sagemaker/notebook-no-root.yaml", file475, sizeof file475},
  {"checks/aws/secretsmanager/own-key.yaml", file476, sizeof file476},
  {"checks/aws/secretsmanager/policy-not-public.yaml", file477, sizeof file477},
  {"checks/aws/secretsmanager/rotated-lately.yaml", file478, sizeof file478},
  {"checks/aws/secretsmanager/rotation.yaml", file479, sizeof file479},
  {"checks/aws/secretsmanager/used.yaml", file480, sizeof file480},
  {"checks/aws/securityhub/enabled.yaml", file481, sizeof file481},
  {"checks/aws/ses/dkim.yaml", file482, sizeof file482},
  {"checks/aws/ses/receipt-tls.yaml", file483, sizeof file483},
  {"checks/aws/ses/tls-required.yaml", file484, sizeof file484},
  {"checks/aws/shield/balancer-protected.yaml", file485, sizeof file485},
  {"checks/aws/shield/cloudfront-protected.yaml", file486, sizeof file486},
  {"checks/aws/shield/zone-protected.yaml", file487, sizeof file487},
  {"checks/aws/sns/encrypted.yaml", file488, sizeof file488},
  {"checks/aws/sns/policy-cross-account.yaml", file489, sizeof file489},
  {"checks/aws/sns/policy-not-public.yaml", file490, sizeof file490},
  {"checks/aws/sqs/encrypted.yaml", file491, sizeof file491},
  {"checks/aws/sqs/policy-not-public.yaml", file492, sizeof file492},
  {"checks/aws/ssm/block-public-documents.yaml", file493, sizeof file493},
  {"checks/aws/ssm/document-not-public.yaml", file494, sizeof file494},
  {"checks/aws/ssm/parameter-encrypted.yaml", file495, sizeof file495},
  {"checks/aws/ssm/parameter-secret.yaml", file496, sizeof file496},
  {"checks/aws/ssm/patched.yaml", file497, sizeof file497},
  {"checks/aws/stepfunctions/logging.yaml", file498, sizeof file498},
  {"checks/aws/stepfunctions/tracing.yaml", file499, sizeof file499},
  {"checks/aws/transfer/logging.yaml", file500, sizeof file500},
  {"checks/aws/transfer/no-ftp.yaml", file501, sizeof file501},
  {"checks/aws/transfer/not-public.yaml", file502, sizeof file502},
  {"checks/aws/transfer/security-policy.yaml", file503, sizeof file503},
  {"checks/aws/vpc/default-security-group-closed.yaml", file504, sizeof file504},
  {"checks/aws/vpc/default-vpc-unused.yaml", file505, sizeof file505},
  {"checks/aws/vpc/endpoint-policy-limited.yaml", file506, sizeof file506},
  {"checks/aws/vpc/endpoint-service-acceptance.yaml", file507, sizeof file507},
  {"checks/aws/vpc/endpoint-service-principals.yaml", file508, sizeof file508},
  {"checks/aws/vpc/flow-logs.yaml", file509, sizeof file509},
  {"checks/aws/vpc/peering-routes.yaml", file510, sizeof file510},
  {"checks/aws/wafv2/counted.yaml", file511, sizeof file511},
  {"checks/aws/wafv2/has-rules.yaml", file512, sizeof file512},
  {"checks/aws/wafv2/logging.yaml", file513, sizeof file513},
  {"checks/aws/wafv2/rule-group-not-empty.yaml", file514, sizeof file514},
  {"checks/aws/workspaces/directory-ip-groups.yaml", file515, sizeof file515},
  {"checks/aws/workspaces/directory-no-internet.yaml", file516, sizeof file516},
  {"checks/aws/workspaces/directory-no-local-admin.yaml", file517, sizeof file517},
  {"checks/aws/workspaces/encrypted.yaml", file518, sizeof file518},
  {"checks/azure/acr/admin-user.yaml", file519, sizeof file519},
  {"checks/azure/acr/anonymous-pull.yaml", file520, sizeof file520},
  {"checks/azure/acr/audit-logs.yaml", file521, sizeof file521},
  {"checks/azure/acr/content-trust.yaml", file522, sizeof file522},
  {"checks/azure/acr/customer-key.yaml", file523, sizeof file523},
  {"checks/azure/acr/export-policy.yaml", file524, sizeof file524},
  {"checks/azure/acr/firewall.yaml", file525, sizeof file525},
  {"checks/azure/acr/image-scan.yaml", file526, sizeof file526},
  {"checks/azure/acr/image-vulnerabilities.yaml", file527, sizeof file527},
  {"checks/azure/acr/private-endpoint.yaml", file528, sizeof file528},
  {"checks/azure/acr/public-network-access.yaml", file529, sizeof file529},
  {"checks/azure/acr/quarantine.yaml", file530, sizeof file530},
  {"checks/azure/acr/soft-delete.yaml", file531, sizeof file531},
  {"checks/azure/adx/disk-encryption.yaml", file532, sizeof file532},
  {"checks/azure/adx/double-encryption.yaml", file533, sizeof file533},
  {"checks/azure/adx/logs.yaml", file534, sizeof file534},
  {"checks/azure/adx/managed-identity.yaml", file535, sizeof file535},
  {"checks/azure/adx/public-network-access.yaml", file536, sizeof file536},
  {"checks/azure/ai/audit-logs.yaml", file537, sizeof file537},
  {"checks/azure/ai/customer-key.yaml", file538, sizeof file538},
  {"checks/azure/ai/firewall.yaml", file539, sizeof file539},
  {"checks/azure/ai/local-authentication.yaml", file540, sizeof file540},
  {"checks/azure/ai/managed-identity.yaml", file541, sizeof file541},
  {"checks/azure/ai/outbound-restricted.yaml", file542, sizeof file542},
  {"checks/azure/ai/private-endpoint.yaml", file543, sizeof file543},
  {"checks/azure/ai/prompt-shield.yaml", file544, sizeof file544},
  {"checks/azure/ai/public-network-access.yaml", file545, sizeof file545},
  {"checks/azure/aks/audit-logs.yaml", file546, sizeof file546},
  {"checks/azure/aks/authorized-addresses.yaml", file547, sizeof file547},
  {"checks/azure/aks/auto-upgrade.yaml", file548, sizeof file548},
  {"checks/azure/aks/azure-rbac.yaml", file549, sizeof file549},
  {"checks/azure/aks/container-insights.yaml", file550, sizeof file550},
  {"checks/azure/aks/dashboard.yaml", file551, sizeof file551},
  {"checks/azure/aks/defender.yaml", file552, sizeof file552},
  {"checks/azure/aks/disk-key.yaml", file553, sizeof file553},
  {"checks/azure/aks/entra.yaml", file554, sizeof file554},
  {"checks/azure/aks/http-application-routing.yaml", file555, sizeof file555},
  {"checks/azure/aks/local-accounts.yaml", file556, sizeof file556},
  {"checks/azure/aks/managed-identity.yaml", file557, sizeof file557},
  {"checks/azure/aks/network-policy.yaml", file558, sizeof file558},
  {"checks/azure/aks/node-encryption-at-host.yaml", file559, sizeof file559},
  {"checks/azure/aks/node-os-upgrade.yaml", file560, sizeof file560},
  {"checks/azure/aks/policy-addon.yaml", file561, sizeof file561},
  {"checks/azure/aks/pool-version.yaml", file562, sizeof file562},
  {"checks/azure/aks/private-api.yaml", file563, sizeof file563},
  {"checks/azure/aks/private-nodes.yaml", file564, sizeof file564},
  {"checks/azure/aks/rbac.yaml", file565, sizeof file565},
  {"checks/azure/aks/secret-rotation.yaml", file566, sizeof file566},
  {"checks/azure/aks/secret-store.yaml", file567, sizeof file567},
  {"checks/azure/aks/workload-identity.yaml", file568, sizeof file568},
  {"checks/azure/apim/audit-logs.yaml", file569, sizeof file569},
  {"checks/azure/apim/certificate-expiry.yaml", file570, sizeof file570},
  {"checks/azure/apim/ciphers.yaml", file571, sizeof file571},
  {"checks/azure/apim/cors.yaml", file572, sizeof file572},
  {"checks/azure/apim/defender.yaml", file573, sizeof file573},
  {"checks/azure/apim/https-backend.yaml", file574, sizeof file574},
  {"checks/azure/apim/https-only.yaml", file575, sizeof file575},
  {"checks/azure/apim/managed-identity.yaml", file576, sizeof file576},
  {"checks/azure/apim/minimum-api-version.yaml", file577, sizeof file577},
  {"checks/azure/apim/named-value-secret.yaml", file578, sizeof file578},
  {"checks/azure/apim/network.yaml", file579, sizeof file579},
  {"checks/azure/apim/product-subscription.yaml", file580, sizeof file580},
  {"checks/azure/apim/protocols.yaml", file581, sizeof file581},
  {"checks/azure/apim/public-network-access.yaml", file582, sizeof file582},
  {"checks/azure/apim/sample-products.yaml", file583, sizeof file583},
  {"checks/azure/apim/subscription-scope.yaml", file584, sizeof file584},
  {"checks/azure/app/authentication.yaml", file585, sizeof file585},
  {"checks/azure/app/basic-authentication.yaml", file586, sizeof file586},
  {"checks/azure/app/client-certificates.yaml", file587, sizeof file587},
  {"checks/azure/app/config-http-logs.yaml", file588, sizeof file588},
  {"checks/azure/app/config-public-network-access.yaml", file589, sizeof file589},
  {"checks/azure/app/cors.yaml", file590, sizeof file590},
  {"checks/azure/app/detailed-errors.yaml", file591, sizeof file591},
  {"checks/azure/app/environment-internal-encryption.yaml", file592, sizeof file592},
  {"checks/azure/app/environment-version.yaml", file593, sizeof file593},
  {"checks/azure/app/failed-request-traces.yaml", file594, sizeof file594},
  {"checks/azure/app/ftp.yaml", file595, sizeof file595},
  {"checks/azure/app/function-authentication.yaml", file596, sizeof file596},
  {"checks/azure/app/function-network-integration.yaml", file597, sizeof file597},
  {"checks/azure/app/function-public-network-access.yaml", file598, sizeof file598},
  {"checks/azure/app/http-logs.yaml", file599, sizeof file599},
  {"checks/azure/app/http2.yaml", file600, sizeof file600},
  {"checks/azure/app/https-only.yaml", file601, sizeof file601},
  {"checks/azure/app/identity-without-admin.yaml", file602, sizeof file602},
  {"checks/azure/app/java-version.yaml", file603, sizeof file603},
  {"checks/azure/app/logs.yaml", file604, sizeof file604},
  {"checks/azure/app/managed-identity.yaml", file605, sizeof file605},
  {"checks/azure/app/minimum-tls.yaml", file606, sizeof file606},
  {"checks/azure/app/net-framework-version.yaml", file607, sizeof file607},
  {"checks/azure/app/network-integration.yaml", file608, sizeof file608},
  {"checks/azure/app/node-version.yaml", file609, sizeof file609},
  {"checks/azure/app/php-version.yaml", file610, sizeof file610},
  {"checks/azure/app/private-endpoint.yaml", file611, sizeof file611},
  {"checks/azure/app/public-network-access.yaml", file612, sizeof file612},
  {"checks/azure/app/python-version.yaml", file613, sizeof file613},
  {"checks/azure/app/remote-debugging.yaml", file614, sizeof file614},
  {"checks/azure/app/sign-in-classic.yaml", file615, sizeof file615},
  {"checks/azure/app/sign-in-https.yaml", file616, sizeof file616},
  {"checks/azure/app/slot-http2.yaml", file617, sizeof file617},
  {"checks/azure/app/slot-https-only.yaml", file618, sizeof file618},
  {"checks/azure/app/slot-managed-identity.yaml", file619, sizeof file619},
  {"checks/azure/app/slot-minimum-tls.yaml", file620, sizeof file620},
  {"checks/azure/app/slot-public-network-access.yaml", file621, sizeof file621},
  {"checks/azure/app/slot-remote-debugging.yaml", file622, sizeof file622},
  {"checks/azure/app/slot-sign-in-https.yaml", file623, sizeof file623},
  {"checks/azure/appconfig/audit-logs.yaml", file624, sizeof file624},
  {"checks/azure/appconfig/local-authentication.yaml", file625, sizeof file625},
  {"checks/azure/appconfig/public-network-access.yaml", file626, sizeof file626},
  {"checks/azure/appconfig/purge-protection.yaml", file627, sizeof file627},
  {"checks/azure/arc/kubernetes-defender.yaml", file628, sizeof file628},
  {"checks/azure/arc/kubernetes-policy.yaml", file629, sizeof file629},
  {"checks/azure/automation/audit-logs.yaml", file630, sizeof file630},
  {"checks/azure/automation/job-logs.yaml", file631, sizeof file631},
  {"checks/azure/automation/local-authentication.yaml", file632, sizeof file632},
  {"checks/azure/automation/managed-identity.yaml", file633, sizeof file633},
  {"checks/azure/automation/public-network-access.yaml", file634, sizeof file634},
  {"checks/azure/automation/variable-encrypted.yaml", file635, sizeof file635},
  {"checks/azure/automation/webhook-expiry.yaml", file636, sizeof file636},
  {"checks/azure/backup/backup-vault-immutable.yaml", file637, sizeof file637},
  {"checks/azure/backup/backup-vault-soft-delete.yaml", file638, sizeof file638},
  {"checks/azure/backup/policy-retention.yaml", file639, sizeof file639},
  {"checks/azure/backup/vault-customer-key.yaml", file640, sizeof file640},
  {"checks/azure/backup/vault-immutable.yaml", file641, sizeof file641},
  {"checks/azure/backup/vault-in-use.yaml", file642, sizeof file642},
  {"checks/azure/backup/vault-logs.yaml", file643, sizeof file643},
  {"checks/azure/backup/vault-multi-user.yaml", file644, sizeof file644},
  {"checks/azure/backup/vault-redundant.yaml", file645, sizeof file645},
  {"checks/azure/backup/vault-soft-delete.yaml", file646, sizeof file646},
  {"checks/azure/batch/local-authentication.yaml", file647, sizeof file647},
  {"checks/azure/batch/logs.yaml", file648, sizeof file648},
  {"checks/azure/batch/public-network-access.yaml", file649, sizeof file649},
  {"checks/azure/compute/disk-attached-key.yaml", file650, sizeof file650},
  {"checks/azure/compute/disk-data-access-mode.yaml", file651, sizeof file651},
  {"checks/azure/compute/disk-encryption.yaml", file652, sizeof file652},
  {"checks/azure/compute/disk-guest-or-host-encryption.yaml", file653, sizeof file653},
  {"checks/azure/compute/disk-network-access.yaml", file654, sizeof file654},
  {"checks/azure/compute/disk-unattached-key.yaml", file655, sizeof file655},
  {"checks/azure/compute/encryption-at-host.yaml", file656, sizeof file656},
  {"checks/azure/compute/endpoint-protection.yaml", file657, sizeof file657},
  {"checks/azure/compute/extensions.yaml", file658, sizeof file658},
  {"checks/azure/compute/jit-access.yaml", file659, sizeof file659},
  {"checks/azure/compute/legacy-log-agent.yaml", file660, sizeof file660},
  {"checks/azure/compute/linux-key-sign-in.yaml", file661, sizeof file661},
  {"checks/azure/compute/managed-disks.yaml", file662, sizeof file662},
  {"checks/azure/compute/monitor-agent.yaml", file663, sizeof file663},
  {"checks/azure/compute/patch-assessment.yaml", file664, sizeof file664},
  {"checks/azure/compute/scale-set-encryption-at-host.yaml", file665, sizeof file665},
  {"checks/azure/compute/scale-set-key-sign-in.yaml", file666, sizeof file666},
  {"checks/azure/compute/scale-set-load-balancer.yaml", file667, sizeof file667},
  {"checks/azure/compute/scale-set-monitor-agent.yaml", file668, sizeof file668},
  {"checks/azure/compute/scale-set-os-upgrade.yaml", file669, sizeof file669},
  {"checks/azure/compute/scale-set-public-ip.yaml", file670, sizeof file670},
  {"checks/azure/compute/scale-set-ssh-keys.yaml", file671, sizeof file671},
  {"checks/azure/compute/secure-boot.yaml", file672, sizeof file672},
  {"checks/azure/compute/snapshot-network-access.yaml", file673, sizeof file673},
  {"checks/azure/compute/ssh-keys.yaml", file674, sizeof file674},
  {"checks/azure/compute/system-updates.yaml", file675, sizeof file675},
  {"checks/azure/compute/trusted-launch.yaml", file676, sizeof file676},
  {"checks/azure/compute/vm-agent.yaml", file677, sizeof file677},
  {"checks/azure/compute/vm-backup.yaml", file678, sizeof file678},
  {"checks/azure/compute/vulnerabilities.yaml", file679, sizeof file679},
  {"checks/azure/compute/windows-updates.yaml", file680, sizeof file680},
  {"checks/azure/containerapps/environment-internal.yaml", file681, sizeof file681},
  {"checks/azure/containerapps/https-only.yaml", file682, sizeof file682},
  {"checks/azure/containerapps/internal-ingress.yaml", file683, sizeof file683},
  {"checks/azure/containerapps/managed-identity.yaml", file684, sizeof file684},
  {"checks/azure/containerinstance/network.yaml", file685, sizeof file685},
  {"checks/azure/containerinstance/private.yaml", file686, sizeof file686},
  {"checks/azure/cosmosdb/audit-logs.yaml", file687, sizeof file687},
  {"checks/azure/cosmosdb/automatic-failover.yaml", file688, sizeof file688},
  {"checks/azure/cosmosdb/continuous-backup.yaml", file689, sizeof file689},
  {"checks/azure/cosmosdb/customer-key.yaml", file690, sizeof file690},
  {"checks/azure/cosmosdb/defender.yaml", file691, sizeof file691},
  {"checks/azure/cosmosdb/firewall.yaml", file692, sizeof file692},
  {"checks/azure/cosmosdb/local-authentication.yaml", file693, sizeof file693},
  {"checks/azure/cosmosdb/metadata-writes.yaml", file694, sizeof file694},
  {"checks/azure/cosmosdb/minimum-tls.yaml", file695, sizeof file695},
  {"checks/azure/cosmosdb/mongo-entra.yaml", file696, sizeof file696},
  {"checks/azure/cosmosdb/private-endpoint.yaml", file697, sizeof file697},
  {"checks/azure/cosmosdb/public-network-access.yaml", file698, sizeof file698},
  {"checks/azure/cost/appgw-idle.yaml", file699, sizeof file699},
  {"checks/azure/cost/budget.yaml", file700, sizeof file700},
  {"checks/azure/cost/ddos-plan-unused.yaml", file701, sizeof file701},
  {"checks/azure/cost/disk-unattached.yaml", file702, sizeof file702},
  {"checks/azure/cost/elastic-pool-empty.yaml", file703, sizeof file703},
  {"checks/azure/cost/expressroute-idle.yaml", file704, sizeof file704},
  {"checks/azure/cost/gateway-idle.yaml", file705, sizeof file705},
  {"checks/azure/cost/load-balancer-idle.yaml", file706, sizeof file706},
  {"checks/azure/cost/nat-gateway-idle.yaml", file707, sizeof file707},
  {"checks/azure/cost/plan-empty.yaml", file708, sizeof file708},
  {"checks/azure/cost/private-endpoint-broken.yaml", file709, sizeof file709},
  {"checks/azure/cost/public-ip-unattached.yaml", file710, sizeof file710},
  {"checks/azure/cost/registry-untagged.yaml", file711, sizeof file711},
  {"checks/azure/cost/scale-set-empty.yaml", file712, sizeof file712},
  {"checks/azure/cost/snapshot-old.yaml", file713, sizeof file713},
  {"checks/azure/cost/vm-stopped.yaml", file714, sizeof file714},
  {"checks/azure/databricks/audit-logs.yaml", file715, sizeof file715},
  {"checks/azure/databricks/customer-key.yaml", file716, sizeof file716},
  {"checks/azure/databricks/no-public-ip.yaml", file717, sizeof file717},
  {"checks/azure/databricks/own-network.yaml", file718, sizeof file718},
  {"checks/azure/databricks/premium.yaml", file719, sizeof file719},
  {"checks/azure/databricks/private-endpoint.yaml", file720, sizeof file720},
  {"checks/azure/databricks/public-network-access.yaml", file721, sizeof file721},
  {"checks/azure/databricks/subnet-nsg.yaml", file722, sizeof file722},
  {"checks/azure/datafactory/customer-key.yaml", file723, sizeof file723},
  {"checks/azure/datafactory/linked-service-secret.yaml", file724, sizeof file724},
  {"checks/azure/datafactory/logs.yaml", file725, sizeof file725},
  {"checks/azure/datafactory/managed-identity.yaml", file726, sizeof file726},
  {"checks/azure/datafactory/public-network-access.yaml", file727, sizeof file727},
  {"checks/azure/defender/agentless-scanning.yaml", file728, sizeof file728},
  {"checks/azure/defender/ai.yaml", file729, sizeof file729},
  {"checks/azure/defender/api.yaml", file730, sizeof file730},
  {"checks/azure/defender/app-services.yaml", file731, sizeof file731},
  {"checks/azure/defender/auto-provisioning.yaml", file732, sizeof file732},
  {"checks/azure/defender/cloud-apps-integration.yaml", file733, sizeof file733},
  {"checks/azure/defender/contact-address.yaml", file734, sizeof file734},
  {"checks/azure/defender/contact-alerts-owners.yaml", file735, sizeof file735},
  {"checks/azure/defender/contact-alerts.yaml", file736, sizeof file736},
  {"checks/azure/defender/contact-attack-paths.yaml", file737, sizeof file737},
  {"checks/azure/defender/contact-has-address.yaml", file738, sizeof file738},
  {"checks/azure/defender/contact-has-phone.yaml", file739, sizeof file739},
  {"checks/azure/defender/contact-owners.yaml", file740, sizeof file740},
  {"checks/azure/defender/contact-severity.yaml", file741, sizeof file741},
  {"checks/azure/defender/container-registries.yaml", file742, sizeof file742},
  {"checks/azure/defender/containers-discovery.yaml", file743, sizeof file743},
  {"checks/azure/defender/containers-image-assessment.yaml", file744, sizeof file744},
  {"checks/azure/defender/containers.yaml", file745, sizeof file745},
  {"checks/azure/defender/cosmosdb.yaml", file746, sizeof file746},
  {"checks/azure/defender/cspm.yaml", file747, sizeof file747},
  {"checks/azure/defender/databases.yaml", file748, sizeof file748},
  {"checks/azure/defender/dns.yaml", file749, sizeof file749},
  {"checks/azure/defender/endpoint-integration.yaml", file750, sizeof file750},
  {"checks/azure/defender/file-integrity.yaml", file751, sizeof file751},
  {"checks/azure/defender/iot.yaml", file752, sizeof file752},
  {"checks/azure/defender/key-vault.yaml", file753, sizeof file753},
  {"checks/azure/defender/kubernetes.yaml", file754, sizeof file754},
  {"checks/azure/defender/open-source-databases.yaml", file755, sizeof file755},
  {"checks/azure/defender/resource-manager.yaml", file756, sizeof file756},
  {"checks/azure/defender/servers-plan-2.yaml", file757, sizeof file757},
  {"checks/azure/defender/servers.yaml", file758, sizeof file758},
  {"checks/azure/defender/sql-on-machines.yaml", file759, sizeof file759},
  {"checks/azure/defender/sql.yaml", file760, sizeof file760},
  {"checks/azure/defender/storage-current.yaml", file761, sizeof file761},
  {"checks/azure/defender/storage-malware-scanning.yaml", file762, sizeof file762},
  {"checks/azure/defender/storage-sensitive-data.yaml", file763, sizeof file763},
  {"checks/azure/defender/storage.yaml", file764, sizeof file764},
  {"checks/azure/entra/administrator-mfa-registered.yaml", file765, sizeof file765},
  {"checks/azure/entra/administrator-strong-method.yaml", file766, sizeof file766},
  {"checks/azure/entra/app-credential-expired.yaml", file767, sizeof file767},
  {"checks/azure/entra/app-credential-lifetime.yaml", file768, sizeof file768},
  {"checks/azure/entra/app-implicit-grant.yaml", file769, sizeof file769},
  {"checks/azure/entra/app-password.yaml", file770, sizeof file770},
  {"checks/azure/entra/app-redirect.yaml", file771, sizeof file771},
  {"checks/azure/entra/block-device-code.yaml", file772, sizeof file772},
  {"checks/azure/entra/block-legacy-authentication.yaml", file773, sizeof file773},
  {"checks/azure/entra/cloud-only-administrators.yaml", file774, sizeof file774},
  {"checks/azure/entra/consent-wide.yaml", file775, sizeof file775},
  {"checks/azure/entra/disabled-administrators.yaml", file776, sizeof file776},
  {"checks/azure/entra/email-join.yaml", file777, sizeof file777},
  {"checks/azure/entra/few-global-administrators.yaml", file778, sizeof file778},
  {"checks/azure/entra/guest-access.yaml", file779, sizeof file779},
  {"checks/azure/entra/guest-administrators.yaml", file780, sizeof file780},
  {"checks/azure/entra/guest-invitations.yaml", file781, sizeof file781},
  {"checks/azure/entra/legacy-powershell.yaml", file782, sizeof file782},
  {"checks/azure/entra/method-migration.yaml", file783, sizeof file783},
  {"checks/azure/entra/mfa-admin-portals.yaml", file784, sizeof file784},
  {"checks/azure/entra/mfa-administrators.yaml", file785, sizeof file785},
  {"checks/azure/entra/mfa-all-users.yaml", file786, sizeof file786},
  {"checks/azure/entra/mfa-management-api.yaml", file787, sizeof file787},
  {"checks/azure/entra/pending-invitations.yaml", file788, sizeof file788},
  {"checks/azure/entra/phishing-resistant-administrators.yaml", file789, sizeof file789},
  {"checks/azure/entra/security-defaults.yaml", file790, sizeof file790},
  {"checks/azure/entra/sign-in-risk.yaml", file791, sizeof file791},
  {"checks/azure/entra/stale-guests.yaml", file792, sizeof file792},
  {"checks/azure/entra/stale-users.yaml", file793, sizeof file793},
  {"checks/azure/entra/strong-methods.yaml", file794, sizeof file794},
  {"checks/azure/entra/trusted-locations.yaml", file795, sizeof file795},
  {"checks/azure/entra/two-global-administrators.yaml", file796, sizeof file796},
  {"checks/azure/entra/user-consent-verified.yaml", file797, sizeof file797},
  {"checks/azure/entra/user-consent.yaml", file798, sizeof file798},
  {"checks/azure/entra/user-mfa-registered.yaml", file799, sizeof file799},
  {"checks/azure/entra/user-risk.yaml", file800, sizeof file800},
  {"checks/azure/entra/users-cannot-create-apps.yaml", file801, sizeof file801},
  {"checks/azure/entra/users-cannot-create-groups.yaml", file802, sizeof file802},
  {"checks/azure/entra/users-cannot-create-security-groups.yaml", file803, sizeof file803},
  {"checks/azure/entra/users-cannot-create-tenants.yaml", file804, sizeof file804},
  {"checks/azure/entra/vm-administrator-mfa.yaml", file805, sizeof file805},
  {"checks/azure/entrads/ntlm.yaml", file806, sizeof file806},
  {"checks/azure/entrads/rc4.yaml", file807, sizeof file807},
  {"checks/azure/entrads/tls.yaml", file808, sizeof file808},
  {"checks/azure/eventgrid/domain-local-authentication.yaml", file809, sizeof file809},
  {"checks/azure/eventgrid/domain-managed-identity.yaml", file810, sizeof file810},
  {"checks/azure/eventgrid/domain-public-network-access.yaml", file811, sizeof file811},
  {"checks/azure/eventgrid/logs.yaml", file812, sizeof file812},
  {"checks/azure/eventgrid/namespace-minimum-tls.yaml", file813, sizeof file813},
  {"checks/azure/eventgrid/topic-local-authentication.yaml", file814, sizeof file814},
  {"checks/azure/eventgrid/topic-managed-identity.yaml", file815, sizeof file815},
  {"checks/azure/eventgrid/topic-public-network-access.yaml", file816, sizeof file816},
  {"checks/azure/eventhub/audit-logs.yaml", file817, sizeof file817},
  {"checks/azure/eventhub/customer-key.yaml", file818, sizeof file818},
  {"checks/azure/eventhub/firewall.yaml", file819, sizeof file819},
  {"checks/azure/eventhub/local-authentication.yaml", file820, sizeof file820},
  {"checks/azure/eventhub/minimum-tls.yaml", file821, sizeof file821},
  {"checks/azure/eventhub/private-endpoint.yaml", file822, sizeof file822},
  {"checks/azure/eventhub/public-network-access.yaml", file823, sizeof file823},
  {"checks/azure/eventhub/shared-policies.yaml", file824, sizeof file824},
  {"checks/azure/grafana/api-keys.yaml", file825, sizeof file825},
  {"checks/azure/grafana/public-network-access.yaml", file826, sizeof file826},
  {"checks/azure/grafana/version.yaml", file827, sizeof file827},
  {"checks/azure/iot/local-authentication.yaml", file828, sizeof file828},
  {"checks/azure/iot/logs.yaml", file829, sizeof file829},
  {"checks/azure/iot/minimum-tls.yaml", file830, sizeof file830},
  {"checks/azure/iot/public-network-access.yaml", file831, sizeof file831},
  {"checks/azure/keyvault/access-policy.yaml", file832, sizeof file832},
  {"checks/azure/keyvault/audit-logs.yaml", file833, sizeof file833},
  {"checks/azure/keyvault/hsm-public-network-access.yaml", file834, sizeof file834},
  {"checks/azure/keyvault/hsm-purge-protection.yaml", file835, sizeof file835},
  {"checks/azure/keyvault/key-expiry.yaml", file836, sizeof file836},
  {"checks/azure/keyvault/key-hardware.yaml", file837, sizeof file837},
  {"checks/azure/keyvault/key-rotation.yaml", file838, sizeof file838},
  {"checks/azure/keyvault/private-endpoint.yaml", file839, sizeof file839},
  {"checks/azure/keyvault/public-network-access.yaml", file840, sizeof file840},
  {"checks/azure/keyvault/purge-protection.yaml", file841, sizeof file841},
  {"checks/azure/keyvault/rbac.yaml", file842, sizeof file842},
  {"checks/azure/keyvault/secret-content-type.yaml", file843, sizeof file843},
  {"checks/azure/keyvault/secret-expiry.yaml", file844, sizeof file844},
  {"checks/azure/keyvault/soft-delete.yaml", file845, sizeof file845},
  {"checks/azure/logicapps/logs.yaml", file846, sizeof file846},
  {"checks/azure/logicapps/trigger-addresses.yaml", file847, sizeof file847},
  {"checks/azure/mariadb/firewall-rule-open.yaml", file848, sizeof file848},
  {"checks/azure/mariadb/geo-backup.yaml", file849, sizeof file849},
  {"checks/azure/mariadb/minimum-tls.yaml", file850, sizeof file850},
  {"checks/azure/mariadb/private-endpoint.yaml", file851, sizeof file851},
  {"checks/azure/mariadb/public-network-access.yaml", file852, sizeof file852},
  {"checks/azure/mariadb/tls-required.yaml", file853, sizeof file853},
  {"checks/azure/ml/compute-local-authentication.yaml", file854, sizeof file854},
  {"checks/azure/ml/compute-network.yaml", file855, sizeof file855},
  {"checks/azure/ml/customer-key.yaml", file856, sizeof file856},
  {"checks/azure/ml/logs.yaml", file857, sizeof file857},
  {"checks/azure/ml/public-network-access.yaml", file858, sizeof file858},
  {"checks/azure/monitor/activity-log-categories.yaml", file859, sizeof file859},
  {"checks/azure/monitor/activity-log-exported.yaml", file860, sizeof file860},
  {"checks/azure/monitor/alert-policy-assignment-created.yaml", file861, sizeof file861},
  {"checks/azure/monitor/alert-policy-assignment-deleted.yaml", file862, sizeof file862},
  {"checks/azure/monitor/alert-public-ip-changed.yaml", file863, sizeof file863},
  {"checks/azure/monitor/alert-public-ip-deleted.yaml", file864, sizeof file864},
  {"checks/azure/monitor/alert-security-group-changed.yaml", file865, sizeof file865},
  {"checks/azure/monitor/alert-security-group-deleted.yaml", file866, sizeof file866},
  {"checks/azure/monitor/alert-security-solution-changed.yaml", file867, sizeof file867},
  {"checks/azure/monitor/alert-security-solution-deleted.yaml", file868, sizeof file868},
  {"checks/azure/monitor/alert-service-health.yaml", file869, sizeof file869},
  {"checks/azure/monitor/alert-sql-firewall-changed.yaml", file870, sizeof file870},
  {"checks/azure/monitor/alert-sql-firewall-deleted.yaml", file871, sizeof file871},
  {"checks/azure/monitor/application-insights-local-auth.yaml", file872, sizeof file872},
  {"checks/azure/monitor/application-insights-workspace.yaml", file873, sizeof file873},
  {"checks/azure/monitor/application-insights.yaml", file874, sizeof file874},
  {"checks/azure/monitor/log-profile-categories.yaml", file875, sizeof file875},
  {"checks/azure/monitor/log-profile-retention.yaml", file876, sizeof file876},
  {"checks/azure/monitor/workspace-audit.yaml", file877, sizeof file877},
  {"checks/azure/monitor/workspace-local-auth.yaml", file878, sizeof file878},
  {"checks/azure/monitor/workspace-public-query.yaml", file879, sizeof file879},
  {"checks/azure/monitor/workspace-retention.yaml", file880, sizeof file880},
  {"checks/azure/mysql/audit-log-connections.yaml", file881, sizeof file881},
  {"checks/azure/mysql/audit-log.yaml", file882, sizeof file882},
  {"checks/azure/mysql/audit-logs.yaml", file883, sizeof file883},
  {"checks/azure/mysql/customer-key.yaml", file884, sizeof file884},
  {"checks/azure/mysql/entra-admin.yaml", file885, sizeof file885},
  {"checks/azure/mysql/entra-only.yaml", file886, sizeof file886},
  {"checks/azure/mysql/firewall-azure-services.yaml", file887, sizeof file887},
  {"checks/azure/mysql/firewall-open.yaml", file888, sizeof file888},
  {"checks/azure/mysql/firewall-rule-open.yaml", file889, sizeof file889},
  {"checks/azure/mysql/geo-backup.yaml", file890, sizeof file890},
  {"checks/azure/mysql/high-availability.yaml", file891, sizeof file891},
  {"checks/azure/mysql/minimum-tls.yaml", file892, sizeof file892},
  {"checks/azure/mysql/public-network-access.yaml", file893, sizeof file893},
  {"checks/azure/mysql/single-double-encryption.yaml", file894, sizeof file894},
  {"checks/azure/mysql/single-entra-admin.yaml", file895, sizeof file895},
  {"checks/azure/mysql/single-firewall-azure-services.yaml", file896, sizeof file896},
  {"checks/azure/mysql/single-firewall-few-addresses.yaml", file897, sizeof file897},
  {"checks/azure/mysql/single-firewall-few-rules.yaml", file898, sizeof file898},
  {"checks/azure/mysql/single-firewall-rule-open.yaml", file899, sizeof file899},
  {"checks/azure/mysql/single-geo-backup.yaml", file900, sizeof file900},
  {"checks/azure/mysql/single-minimum-tls.yaml", file901, sizeof file901},
  {"checks/azure/mysql/single-private-endpoint.yaml", file902, sizeof file902},
  {"checks/azure/mysql/single-public-network-access.yaml", file903, sizeof file903},
  {"checks/azure/mysql/single-tls-required.yaml", file904, sizeof file904},
  {"checks/azure/mysql/tls-required.yaml", file905, sizeof file905},
  {"checks/azure/network/all-ports-from-internet.yaml", file906, sizeof file906},
  {"checks/azure/network/appgw-http2.yaml", file907, sizeof file907},
  {"checks/azure/network/appgw-https.yaml", file908, sizeof file908},
  {"checks/azure/network/appgw-logs.yaml", file909, sizeof file909},
  {"checks/azure/network/appgw-tls.yaml", file910, sizeof file910},
  {"checks/azure/network/appgw-v2.yaml", file911, sizeof file911},
  {"checks/azure/network/appgw-waf-all-rules.yaml", file912, sizeof file912},
  {"checks/azure/network/appgw-waf-policy.yaml", file913, sizeof file913},
  {"checks/azure/network/appgw-waf-prevention.yaml", file914, sizeof file914},
  {"checks/azure/network/appgw-waf-rules.yaml", file915, sizeof file915},
  {"checks/azure/network/appgw-waf-tier.yaml", file916, sizeof file916},
  {"checks/azure/network/appgw-waf.yaml", file917, sizeof file917},
  {"checks/azure/network/bastion-logs.yaml", file918, sizeof file918},
  {"checks/azure/network/bastion-subnet.yaml", file919, sizeof file919},
  {"checks/azure/network/bastion.yaml", file920, sizeof file920},
  {"checks/azure/network/cdn-https.yaml", file921, sizeof file921},
  {"checks/azure/network/cdn-logs.yaml", file922, sizeof file922},
  {"checks/azure/network/clear-text-from-internet.yaml", file923, sizeof file923},
  {"checks/azure/network/container-api-from-internet.yaml", file924, sizeof file924},
  {"checks/azure/network/database-from-internet.yaml", file925, sizeof file925},
  {"checks/azure/network/ddos-protection.yaml", file926, sizeof file926},
  {"checks/azure/network/dnssec.yaml", file927, sizeof file927},
  {"checks/azure/network/encryption.yaml", file928, sizeof file928},
  {"checks/azure/network/firewall-classic-threat-intelligence.yaml", file929, sizeof file929},
  {"checks/azure/network/firewall-intrusion-prevention.yaml", file930, sizeof file930},
  {"checks/azure/network/firewall-logs.yaml", file931, sizeof file931},
  {"checks/azure/network/firewall-subnet.yaml", file932, sizeof file932},
  {"checks/azure/network/firewall-threat-intelligence.yaml", file933, sizeof file933},
  {"checks/azure/network/flow-log-analytics.yaml", file934, sizeof file934},
  {"checks/azure/network/flow-log-retention.yaml", file935, sizeof file935},
  {"checks/azure/network/flow-logs.yaml", file936, sizeof file936},
  {"checks/azure/network/frontdoor-logs.yaml", file937, sizeof file937},
  {"checks/azure/network/frontdoor-tls.yaml", file938, sizeof file938},
  {"checks/azure/network/frontdoor-waf-enabled.yaml", file939, sizeof file939},
  {"checks/azure/network/frontdoor-waf-prevention.yaml", file940, sizeof file940},
  {"checks/azure/network/frontdoor-waf.yaml", file941, sizeof file941},
  {"checks/azure/network/http-from-internet.yaml", file942, sizeof file942},
  {"checks/azure/network/nic-in-use.yaml", file943, sizeof file943},
  {"checks/azure/network/nic-ip-forwarding.yaml", file944, sizeof file944},
  {"checks/azure/network/nic-public-ip.yaml", file945, sizeof file945},
  {"checks/azure/network/nic-serial-console.yaml", file946, sizeof file946},
  {"checks/azure/network/nsg-any-source.yaml", file947, sizeof file947},
  {"checks/azure/network/nsg-in-use.yaml", file948, sizeof file948},
  {"checks/azure/network/nsg-lateral-movement.yaml", file949, sizeof file949},
  {"checks/azure/network/nsg-logs.yaml", file950, sizeof file950},
  {"checks/azure/network/private-subnet.yaml", file951, sizeof file951},
  {"checks/azure/network/public-ip-standard.yaml", file952, sizeof file952},
  {"checks/azure/network/rdp-from-internet.yaml", file953, sizeof file953},
  {"checks/azure/network/ssh-from-internet.yaml", file954, sizeof file954},
  {"checks/azure/network/subnet-nsg.yaml", file955, sizeof file955},
  {"checks/azure/network/subnet-own-nsg.yaml", file956, sizeof file956},
  {"checks/azure/network/traffic-manager-https.yaml", file957, sizeof file957},
  {"checks/azure/network/udp-from-internet.yaml", file958, sizeof file958},
  {"checks/azure/network/vpn-entra-sign-in.yaml", file959, sizeof file959},
  {"checks/azure/network/vpn-gateway-sku.yaml", file960, sizeof file960},
  {"checks/azure/network/vpn-logs.yaml", file961, sizeof file961},
  {"checks/azure/network/waf-policy-body.yaml", file962, sizeof file962},
  {"checks/azure/network/waf-policy-bots.yaml", file963, sizeof file963},
  {"checks/azure/network/waf-policy-enabled.yaml", file964, sizeof file964},
  {"checks/azure/network/waf-policy-exclusions.yaml", file965, sizeof file965},
  {"checks/azure/network/waf-policy-prevention.yaml", file966, sizeof file966},
  {"checks/azure/network/watcher.yaml", file967, sizeof file967},
  {"checks/azure/network/windows-admin-from-internet.yaml", file968, sizeof file968},
  {"checks/azure/policy/benchmark-assigned.yaml", file969, sizeof file969},
  {"checks/azure/policy/waiver-expiry.yaml", file970, sizeof file970},
  {"checks/azure/postgresql/connection-throttling.yaml", file971, sizeof file971},
  {"checks/azure/postgresql/customer-key.yaml", file972, sizeof file972},
  {"checks/azure/postgresql/entra-admin.yaml", file973, sizeof file973},
  {"checks/azure/postgresql/entra-authentication.yaml", file974, sizeof file974},
  {"checks/azure/postgresql/entra-only.yaml", file975, sizeof file975},
  {"checks/azure/postgresql/firewall-azure-services.yaml", file976, sizeof file976},
  {"checks/azure/postgresql/firewall-open.yaml", file977, sizeof file977},
  {"checks/azure/postgresql/firewall-rule-open.yaml", file978, sizeof file978},
  {"checks/azure/postgresql/geo-backup.yaml", file979, sizeof file979},
  {"checks/azure/postgresql/high-availability.yaml", file980, sizeof file980},
  {"checks/azure/postgresql/log-checkpoints.yaml", file981, sizeof file981},
  {"checks/azure/postgresql/log-connections.yaml", file982, sizeof file982},
  {"checks/azure/postgresql/log-disconnections.yaml", file983, sizeof file983},
  {"checks/azure/postgresql/log-retention.yaml", file984, sizeof file984},
  {"checks/azure/postgresql/logs.yaml", file985, sizeof file985},
  {"checks/azure/postgresql/minimum-tls.yaml", file986, sizeof file986},
  {"checks/azure/postgresql/public-network-access.yaml", file987, sizeof file987},
  {"checks/azure/postgresql/single-connection-throttling.yaml", file988, sizeof file988},
  {"checks/azure/postgresql/single-double-encryption.yaml", file989, sizeof file989},
  {"checks/azure/postgresql/single-entra-admin.yaml", file990, sizeof file990},
  {"checks/azure/postgresql/single-firewall-azure-services.yaml", file991, sizeof file991},
  {"checks/azure/postgresql/single-firewall-few-addresses.yaml", file992, sizeof file992},
  {"checks/azure/postgresql/single-firewall-few-rules.yaml", file993, sizeof file993},
  {"checks/azure/postgresql/single-firewall-rule-open.yaml", file994, sizeof file994},
  {"checks/azure/postgresql/single-geo-backup.yaml", file995, sizeof file995},
  {"checks/azure/postgresql/single-log-checkpoints.yaml", file996, sizeof file996},
  {"checks/azure/postgresql/single-log-connections.yaml", file997, sizeof file997},
  {"checks/azure/postgresql/single-log-retention.yaml", file998, sizeof file998},
  {"checks/azure/postgresql/single-minimum-tls.yaml", file999, sizeof file999},
  {"checks/azure/postgresql/single-private-endpoint.yaml", file1000, sizeof file1000},
  {"checks/azure/postgresql/single-public-network-access.yaml", file1001, sizeof file1001},
  {"checks/azure/postgresql/single-tls-required.yaml", file1002, sizeof file1002},
  {"checks/azure/postgresql/tls-required.yaml", file1003, sizeof file1003},
  {"checks/azure/rbac/custom-owner.yaml", file1004, sizeof file1004},
  {"checks/azure/rbac/disabled-owner.yaml", file1005, sizeof file1005},
  {"checks/azure/rbac/few-owners.yaml", file1006, sizeof file1006},
  {"checks/azure/rbac/guest-contributor.yaml", file1007, sizeof file1007},
  {"checks/azure/rbac/guest-owner.yaml", file1008, sizeof file1008},
  {"checks/azure/rbac/lock-administrator-role.yaml", file1009, sizeof file1009},
  {"checks/azure/rbac/orphaned-assignment.yaml", file1010, sizeof file1010},
  {"checks/azure/rbac/service-principal-owner.yaml", file1011, sizeof file1011},
  {"checks/azure/rbac/two-owners.yaml", file1012, sizeof file1012},
  {"checks/azure/rbac/user-access-administrator-root.yaml", file1013, sizeof file1013},
  {"checks/azure/redis/enterprise-minimum-tls.yaml", file1014, sizeof file1014},
  {"checks/azure/redis/enterprise-tier.yaml", file1015, sizeof file1015},
  {"checks/azure/redis/entra.yaml", file1016, sizeof file1016},
  {"checks/azure/redis/firewall-few-addresses.yaml", file1017, sizeof file1017},
  {"checks/azure/redis/firewall-few-rules.yaml", file1018, sizeof file1018},
  {"checks/azure/redis/local-authentication.yaml", file1019, sizeof file1019},
  {"checks/azure/redis/logs.yaml", file1020, sizeof file1020},
  {"checks/azure/redis/minimum-tls.yaml", file1021, sizeof file1021},
  {"checks/azure/redis/private-endpoint.yaml", file1022, sizeof file1022},
  {"checks/azure/redis/public-network-access.yaml", file1023, sizeof file1023},
  {"checks/azure/redis/tls-only.yaml", file1024, sizeof file1024},
  {"checks/azure/redis/version.yaml", file1025, sizeof file1025},
  {"checks/azure/search/local-authentication.yaml", file1026, sizeof file1026},
  {"checks/azure/search/logs.yaml", file1027, sizeof file1027},
  {"checks/azure/search/managed-identity.yaml", file1028, sizeof file1028},
  {"checks/azure/search/public-network-access.yaml", file1029, sizeof file1029},
  {"checks/azure/servicebus/audit-logs.yaml", file1030, sizeof file1030},
  {"checks/azure/servicebus/customer-key.yaml", file1031, sizeof file1031},
  {"checks/azure/servicebus/firewall.yaml", file1032, sizeof file1032},
  {"checks/azure/servicebus/local-authentication.yaml", file1033, sizeof file1033},
  {"checks/azure/servicebus/minimum-tls.yaml", file1034, sizeof file1034},
  {"checks/azure/servicebus/private-endpoint.yaml", file1035, sizeof file1035},
  {"checks/azure/servicebus/public-network-access.yaml", file1036, sizeof file1036},
  {"checks/azure/servicebus/shared-policies.yaml", file1037, sizeof file1037},
  {"checks/azure/servicefabric/entra.yaml", file1038, sizeof file1038},
  {"checks/azure/servicefabric/protection-level.yaml", file1039, sizeof file1039},
  {"checks/azure/signalr/local-authentication.yaml", file1040, sizeof file1040},
  {"checks/azure/signalr/managed-identity.yaml", file1041, sizeof file1041},
  {"checks/azure/signalr/public-network-access.yaml", file1042, sizeof file1042},
  {"checks/azure/sql/alert-addresses.yaml", file1043, sizeof file1043},
  {"checks/azure/sql/alert-admins.yaml", file1044, sizeof file1044},
  {"checks/azure/sql/alert-all-kinds.yaml", file1045, sizeof file1045},
  {"checks/azure/sql/audit-retention.yaml", file1046, sizeof file1046},
  {"checks/azure/sql/auditing.yaml", file1047, sizeof file1047},
  {"checks/azure/sql/backup-geo-redundant.yaml", file1048, sizeof file1048},
  {"checks/azure/sql/database-alert-addresses.yaml", file1049, sizeof file1049},
  {"checks/azure/sql/database-auditing.yaml", file1050, sizeof file1050},
  {"checks/azure/sql/defender.yaml", file1051, sizeof file1051},
  {"checks/azure/sql/devops-auditing.yaml", file1052, sizeof file1052},
  {"checks/azure/sql/entra-admin.yaml", file1053, sizeof file1053},
  {"checks/azure/sql/entra-only.yaml", file1054, sizeof file1054},
  {"checks/azure/sql/firewall-azure-services.yaml", file1055, sizeof file1055},
  {"checks/azure/sql/firewall-few-addresses.yaml", file1056, sizeof file1056},
  {"checks/azure/sql/firewall-few-rules.yaml", file1057, sizeof file1057},
  {"checks/azure/sql/firewall-open.yaml", file1058, sizeof file1058},
  {"checks/azure/sql/firewall-rule-azure-services.yaml", file1059, sizeof file1059},
  {"checks/azure/sql/firewall-rule-open.yaml", file1060, sizeof file1060},
  {"checks/azure/sql/long-term-backup.yaml", file1061, sizeof file1061},
  {"checks/azure/sql/mi-customer-key.yaml", file1062, sizeof file1062},
  {"checks/azure/sql/mi-defender.yaml", file1063, sizeof file1063},
  {"checks/azure/sql/mi-entra-admin.yaml", file1064, sizeof file1064},
  {"checks/azure/sql/mi-entra-only.yaml", file1065, sizeof file1065},
  {"checks/azure/sql/mi-minimum-tls.yaml", file1066, sizeof file1066},
  {"checks/azure/sql/mi-public-endpoint.yaml", file1067, sizeof file1067},
  {"checks/azure/sql/mi-vulnerability-assessment.yaml", file1068, sizeof file1068},
  {"checks/azure/sql/minimum-tls.yaml", file1069, sizeof file1069},
  {"checks/azure/sql/outbound-restricted.yaml", file1070, sizeof file1070},
  {"checks/azure/sql/private-endpoint.yaml", file1071, sizeof file1071},
  {"checks/azure/sql/public-network-access.yaml", file1072, sizeof file1072},
  {"checks/azure/sql/tde-customer-key.yaml", file1073, sizeof file1073},
  {"checks/azure/sql/tde.yaml", file1074, sizeof file1074},
  {"checks/azure/sql/vulnerability-assessment.yaml", file1075, sizeof file1075},
  {"checks/azure/sql/vulnerability-reports-admins.yaml", file1076, sizeof file1076},
  {"checks/azure/sql/vulnerability-reports-sent.yaml", file1077, sizeof file1077},
  {"checks/azure/sql/vulnerability-scans-recur.yaml", file1078, sizeof file1078},
  {"checks/azure/storage/activity-log-account-key.yaml", file1079, sizeof file1079},
  {"checks/azure/storage/activity-log-account-private.yaml", file1080, sizeof file1080},
  {"checks/azure/storage/blob-logs.yaml", file1081, sizeof file1081},
  {"checks/azure/storage/blob-public-access.yaml", file1082, sizeof file1082},
  {"checks/azure/storage/blob-soft-delete.yaml", file1083, sizeof file1083},
  {"checks/azure/storage/blob-versioning.yaml", file1084, sizeof file1084},
  {"checks/azure/storage/container-insights.yaml", file1085, sizeof file1085},
  {"checks/azure/storage/container-private.yaml", file1086, sizeof file1086},
  {"checks/azure/storage/container-public.yaml", file1087, sizeof file1087},
  {"checks/azure/storage/container-soft-delete.yaml", file1088, sizeof file1088},
  {"checks/azure/storage/copy-scope.yaml", file1089, sizeof file1089},
  {"checks/azure/storage/cross-tenant-replication.yaml", file1090, sizeof file1090},
  {"checks/azure/storage/customer-key.yaml", file1091, sizeof file1091},
  {"checks/azure/storage/default-to-entra.yaml", file1092, sizeof file1092},
  {"checks/azure/storage/file-logs.yaml", file1093, sizeof file1093},
  {"checks/azure/storage/firewall.yaml", file1094, sizeof file1094},
  {"checks/azure/storage/geo-redundant.yaml", file1095, sizeof file1095},
  {"checks/azure/storage/infrastructure-encryption.yaml", file1096, sizeof file1096},
  {"checks/azure/storage/key-expiry-reminder.yaml", file1097, sizeof file1097},
  {"checks/azure/storage/key-rotation.yaml", file1098, sizeof file1098},
  {"checks/azure/storage/local-users.yaml", file1099, sizeof file1099},
  {"checks/azure/storage/malware-scanning.yaml", file1100, sizeof file1100},
  {"checks/azure/storage/minimum-tls.yaml", file1101, sizeof file1101},
  {"checks/azure/storage/private-endpoint.yaml", file1102, sizeof file1102},
  {"checks/azure/storage/public-network-access.yaml", file1103, sizeof file1103},
  {"checks/azure/storage/queue-analytics.yaml", file1104, sizeof file1104},
  {"checks/azure/storage/queue-logs.yaml", file1105, sizeof file1105},
  {"checks/azure/storage/replicated.yaml", file1106, sizeof file1106},
  {"checks/azure/storage/sas-expiry.yaml", file1107, sizeof file1107},
  {"checks/azure/storage/secure-transfer.yaml", file1108, sizeof file1108},
  {"checks/azure/storage/sensitive-data-discovery.yaml", file1109, sizeof file1109},
  {"checks/azure/storage/share-soft-delete.yaml", file1110, sizeof file1110},
  {"checks/azure/storage/shared-key.yaml", file1111, sizeof file1111},
  {"checks/azure/storage/smb-encryption.yaml", file1112, sizeof file1112},
  {"checks/azure/storage/smb-kerberos.yaml", file1113, sizeof file1113},
  {"checks/azure/storage/smb-version.yaml", file1114, sizeof file1114},
  {"checks/azure/storage/table-logs.yaml", file1115, sizeof file1115},
  {"checks/azure/storage/trusted-services.yaml", file1116, sizeof file1116},
  {"checks/azure/streamanalytics/logs.yaml", file1117, sizeof file1117},
  {"checks/azure/synapse/auditing.yaml", file1118, sizeof file1118},
  {"checks/azure/synapse/customer-key.yaml", file1119, sizeof file1119},
  {"checks/azure/synapse/entra-only.yaml", file1120, sizeof file1120},
  {"checks/azure/synapse/exfiltration-protection.yaml", file1121, sizeof file1121},
  {"checks/azure/synapse/firewall-open.yaml", file1122, sizeof file1122},
  {"checks/azure/synapse/logs.yaml", file1123, sizeof file1123},
  {"checks/azure/synapse/managed-network.yaml", file1124, sizeof file1124},
  {"checks/azure/synapse/public-network-access.yaml", file1125, sizeof file1125},
  {"checks/azure/webpubsub/local-authentication.yaml", file1126, sizeof file1126},
  {"checks/azure/webpubsub/managed-identity.yaml", file1127, sizeof file1127},
  {"checks/azure/webpubsub/public-network-access.yaml", file1128, sizeof file1128},
  {"checks/gcp/accessapproval/enabled.yaml", file1129, sizeof file1129},
  {"checks/gcp/accesscontextmanager/storage-perimeter.yaml", file1130, sizeof file1130},
  {"checks/gcp/alloydb/backups.yaml", file1131, sizeof file1131},
  {"checks/gcp/alloydb/customer-key.yaml", file1132, sizeof file1132},
  {"checks/gcp/alloydb/no-public-address.yaml", file1133, sizeof file1133},
  {"checks/gcp/alloydb/tls.yaml", file1134, sizeof file1134},
  {"checks/gcp/apikeys/age.yaml", file1135, sizeof file1135},
  {"checks/gcp/apikeys/api-restrictions.yaml", file1136, sizeof file1136},
  {"checks/gcp/apikeys/application-restrictions.yaml", file1137, sizeof file1137},
  {"checks/gcp/apikeys/gemini.yaml", file1138, sizeof file1138},
  {"checks/gcp/apikeys/no-keys.yaml", file1139, sizeof file1139},
  {"checks/gcp/appengine/https-only.yaml", file1140, sizeof file1140},
  {"checks/gcp/appengine/runtime.yaml", file1141, sizeof file1141},
  {"checks/gcp/artifactregistry/cleanup.yaml", file1142, sizeof file1142},
  {"checks/gcp/artifactregistry/customer-key.yaml", file1143, sizeof file1143},
  {"checks/gcp/artifactregistry/immutable-tags.yaml", file1144, sizeof file1144},
  {"checks/gcp/artifactregistry/public.yaml", file1145, sizeof file1145},
  {"checks/gcp/artifactregistry/scanning.yaml", file1146, sizeof file1146},
  {"checks/gcp/bigquery/dataset-key.yaml", file1147, sizeof file1147},
  {"checks/gcp/bigquery/dataset-project-writers.yaml", file1148, sizeof file1148},
  {"checks/gcp/bigquery/dataset-public.yaml", file1149, sizeof file1149},
  {"checks/gcp/bigquery/table-deletion-protection.yaml", file1150, sizeof file1150},
  {"checks/gcp/bigquery/table-key.yaml", file1151, sizeof file1151},
  {"checks/gcp/bigquery/table-public.yaml", file1152, sizeof file1152},
  {"checks/gcp/bigtable/backups.yaml", file1153, sizeof file1153},
  {"checks/gcp/bigtable/cluster-key.yaml", file1154, sizeof file1154},
  {"checks/gcp/bigtable/deletion-protection.yaml", file1155, sizeof file1155},
  {"checks/gcp/cloudbuild/fork-builds.yaml", file1156, sizeof file1156},
  {"checks/gcp/cloudbuild/private-workers.yaml", file1157, sizeof file1157},
  {"checks/gcp/cloudbuild/trigger-service-account.yaml", file1158, sizeof file1158},
  {"checks/gcp/cloudsql/backups.yaml", file1159, sizeof file1159},
  {"checks/gcp/cloudsql/customer-key.yaml", file1160, sizeof file1160},
  {"checks/gcp/cloudsql/deletion-protection.yaml", file1161, sizeof file1161},
  {"checks/gcp/cloudsql/high-availability.yaml", file1162, sizeof file1162},
  {"checks/gcp/cloudsql/mysql-iam-authentication.yaml", file1163, sizeof file1163},
  {"checks/gcp/cloudsql/mysql-local-infile.yaml", file1164, sizeof file1164},
  {"checks/gcp/cloudsql/mysql-root-password.yaml", file1165, sizeof file1165},
  {"checks/gcp/cloudsql/mysql-skip-show-database.yaml", file1166, sizeof file1166},
  {"checks/gcp/cloudsql/newest-version.yaml", file1167, sizeof file1167},
  {"checks/gcp/cloudsql/no-public-address.yaml", file1168, sizeof file1168},
  {"checks/gcp/cloudsql/open-to-internet.yaml", file1169, sizeof file1169},
  {"checks/gcp/cloudsql/password-policy.yaml", file1170, sizeof file1170},
  {"checks/gcp/cloudsql/point-in-time-recovery.yaml", file1171, sizeof file1171},
  {"checks/gcp/cloudsql/postgres-iam-authentication.yaml", file1172, sizeof file1172},
  {"checks/gcp/cloudsql/postgres-log-checkpoints.yaml", file1173, sizeof file1173},
  {"checks/gcp/cloudsql/postgres-log-connections.yaml", file1174, sizeof file1174},
  {"checks/gcp/cloudsql/postgres-log-disconnections.yaml", file1175, sizeof file1175},
  {"checks/gcp/cloudsql/postgres-log-duration.yaml", file1176, sizeof file1176},
  {"checks/gcp/cloudsql/postgres-log-error-verbosity.yaml", file1177, sizeof file1177},
  {"checks/gcp/cloudsql/postgres-log-executor-stats.yaml", file1178, sizeof file1178},
  {"checks/gcp/cloudsql/postgres-log-hostname.yaml", file1179, sizeof file1179},
  {"checks/gcp/cloudsql/postgres-log-lock-waits.yaml", file1180, sizeof file1180},
  {"checks/gcp/cloudsql/postgres-log-min-duration.yaml", file1181, sizeof file1181},
  {"checks/gcp/cloudsql/postgres-log-min-error-statement.yaml", file1182, sizeof file1182},
  {"checks/gcp/cloudsql/postgres-log-min-messages-valid.yaml", file1183, sizeof file1183},
  {"checks/gcp/cloudsql/postgres-log-min-messages.yaml", file1184, sizeof file1184},
  {"checks/gcp/cloudsql/postgres-log-parser-stats.yaml", file1185, sizeof file1185},
  {"checks/gcp/cloudsql/postgres-log-planner-stats.yaml", file1186, sizeof file1186},
  {"checks/gcp/cloudsql/postgres-log-statement-stats.yaml", file1187, sizeof file1187},
  {"checks/gcp/cloudsql/postgres-log-statement.yaml", file1188, sizeof file1188},
  {"checks/gcp/cloudsql/postgres-log-temp-files.yaml", file1189, sizeof file1189},
  {"checks/gcp/cloudsql/postgres-pgaudit.yaml", file1190, sizeof file1190},
  {"checks/gcp/cloudsql/require-tls.yaml", file1191, sizeof file1191},
  {"checks/gcp/cloudsql/server-certificate-expiry.yaml", file1192, sizeof file1192},
  {"checks/gcp/cloudsql/sqlserver-contained-authentication.yaml", file1193, sizeof file1193},
  {"checks/gcp/cloudsql/sqlserver-cross-db-ownership.yaml", file1194, sizeof file1194},
  {"checks/gcp/cloudsql/sqlserver-external-scripts.yaml", file1195, sizeof file1195},
  {"checks/gcp/cloudsql/sqlserver-remote-access.yaml", file1196, sizeof file1196},
  {"checks/gcp/cloudsql/sqlserver-trace-3625.yaml", file1197, sizeof file1197},
  {"checks/gcp/cloudsql/sqlserver-user-connections.yaml", file1198, sizeof file1198},
  {"checks/gcp/cloudsql/sqlserver-user-options.yaml", file1199, sizeof file1199},
  {"checks/gcp/cloudsql/stopped.yaml", file1200, sizeof file1200},
  {"checks/gcp/cloudsql/supported-version.yaml", file1201, sizeof file1201},
  {"checks/gcp/composer/customer-key.yaml", file1202, sizeof file1202},
  {"checks/gcp/composer/private.yaml", file1203, sizeof file1203},
  {"checks/gcp/composer/web-server.yaml", file1204, sizeof file1204},
  {"checks/gcp/compute/address-idle.yaml", file1205, sizeof file1205},
  {"checks/gcp/compute/automatic-restart.yaml", file1206, sizeof file1206},
  {"checks/gcp/compute/block-project-ssh-keys.yaml", file1207, sizeof file1207},
  {"checks/gcp/compute/confidential-computing.yaml", file1208, sizeof file1208},
  {"checks/gcp/compute/customer-keys.yaml", file1209, sizeof file1209},
  {"checks/gcp/compute/default-service-account-full-scope.yaml", file1210, sizeof file1210},
  {"checks/gcp/compute/default-service-account.yaml", file1211, sizeof file1211},
  {"checks/gcp/compute/deletion-protection.yaml", file1212, sizeof file1212},
  {"checks/gcp/compute/disk-customer-key.yaml", file1213, sizeof file1213},
  {"checks/gcp/compute/disk-unattached.yaml", file1214, sizeof file1214},
  {"checks/gcp/compute/global-address-idle.yaml", file1215, sizeof file1215},
  {"checks/gcp/compute/group-autohealing.yaml", file1216, sizeof file1216},
  {"checks/gcp/compute/group-zones.yaml", file1217, sizeof file1217},
  {"checks/gcp/compute/image-public.yaml", file1218, sizeof file1218},
  {"checks/gcp/compute/instance-stopped.yaml", file1219, sizeof file1219},
  {"checks/gcp/compute/ip-forwarding.yaml", file1220, sizeof file1220},
  {"checks/gcp/compute/live-migration.yaml", file1221, sizeof file1221},
  {"checks/gcp/compute/os-login-2fa.yaml", file1222, sizeof file1222},
  {"checks/gcp/compute/os-login-not-overridden.yaml", file1223, sizeof file1223},
  {"checks/gcp/compute/os-login.yaml", file1224, sizeof file1224},
  {"checks/gcp/compute/project-ssh-keys.yaml", file1225, sizeof file1225},
  {"checks/gcp/compute/public-address.yaml", file1226, sizeof file1226},
  {"checks/gcp/compute/region-disk-unattached.yaml", file1227, sizeof file1227},
  {"checks/gcp/compute/secrets-in-metadata.yaml", file1228, sizeof file1228},
  {"checks/gcp/compute/secure-boot.yaml", file1229, sizeof file1229},
  {"checks/gcp/compute/serial-port.yaml", file1230, sizeof file1230},
  {"checks/gcp/compute/shielded-vm.yaml", file1231, sizeof file1231},
  {"checks/gcp/compute/snapshot-age.yaml", file1232, sizeof file1232},
  {"checks/gcp/compute/snapshot-public.yaml", file1233, sizeof file1233},
  {"checks/gcp/dataflow/customer-key.yaml", file1234, sizeof file1234},
  {"checks/gcp/dataflow/private-workers.yaml", file1235, sizeof file1235},
  {"checks/gcp/datafusion/logging.yaml", file1236, sizeof file1236},
  {"checks/gcp/datafusion/monitoring.yaml", file1237, sizeof file1237},
  {"checks/gcp/datafusion/private.yaml", file1238, sizeof file1238},
  {"checks/gcp/dataproc/customer-key.yaml", file1239, sizeof file1239},
  {"checks/gcp/dataproc/private.yaml", file1240, sizeof file1240},
  {"checks/gcp/dataproc/public.yaml", file1241, sizeof file1241},
  {"checks/gcp/dataproc/service-account.yaml", file1242, sizeof file1242},
  {"checks/gcp/dialogflow/logging.yaml", file1243, sizeof file1243},
  {"checks/gcp/dns/dnssec-key-signing.yaml", file1244, sizeof file1244},
  {"checks/gcp/dns/dnssec-zone-signing.yaml", file1245, sizeof file1245},
  {"checks/gcp/dns/dnssec.yaml", file1246, sizeof file1246},
  {"checks/gcp/dns/zone-logging.yaml", file1247, sizeof file1247},
  {"checks/gcp/documentai/processor-key.yaml", file1248, sizeof file1248},
  {"checks/gcp/essentialcontacts/organization.yaml", file1249, sizeof file1249},
  {"checks/gcp/filestore/customer-key.yaml", file1250, sizeof file1250},
  {"checks/gcp/filestore/deletion-protection.yaml", file1251, sizeof file1251},
  {"checks/gcp/filestore/export-options.yaml", file1252, sizeof file1252},
  {"checks/gcp/firestore/delete-protection.yaml", file1253, sizeof file1253},
  {"checks/gcp/firestore/point-in-time-recovery.yaml", file1254, sizeof file1254},
  {"checks/gcp/functions/https-only.yaml", file1255, sizeof file1255},
  {"checks/gcp/functions/ingress-v2.yaml", file1256, sizeof file1256},
  {"checks/gcp/functions/ingress.yaml", file1257, sizeof file1257},
  {"checks/gcp/functions/public.yaml", file1258, sizeof file1258},
  {"checks/gcp/functions/runtime-v2.yaml", file1259, sizeof file1259},
  {"checks/gcp/functions/runtime.yaml", file1260, sizeof file1260},
  {"checks/gcp/functions/secrets-in-environment-v2.yaml", file1261, sizeof file1261},
  {"checks/gcp/functions/secrets-in-environment.yaml", file1262, sizeof file1262},
  {"checks/gcp/functions/service-account-v2.yaml", file1263, sizeof file1263},
  {"checks/gcp/functions/service-account.yaml", file1264, sizeof file1264},
  {"checks/gcp/functions/vpc-v2.yaml", file1265, sizeof file1265},
  {"checks/gcp/functions/vpc.yaml", file1266, sizeof file1266},
  {"checks/gcp/gke/alpha-features.yaml", file1267, sizeof file1267},
  {"checks/gcp/gke/anonymous-bindings.yaml", file1268, sizeof file1268},
  {"checks/gcp/gke/anonymous-requests.yaml", file1269, sizeof file1269},
  {"checks/gcp/gke/authorized-networks.yaml", file1270, sizeof file1270},
  {"checks/gcp/gke/backup-agent.yaml", file1271, sizeof file1271},
  {"checks/gcp/gke/basic-authentication.yaml", file1272, sizeof file1272},
  {"checks/gcp/gke/binary-authorization.yaml", file1273, sizeof file1273},
  {"checks/gcp/gke/client-certificate.yaml", file1274, sizeof file1274},
  {"checks/gcp/gke/control-plane-access.yaml", file1275, sizeof file1275},
  {"checks/gcp/gke/dashboard.yaml", file1276, sizeof file1276},
  {"checks/gcp/gke/intranode-visibility.yaml", file1277, sizeof file1277},
  {"checks/gcp/gke/kubelet-read-only-port.yaml", file1278, sizeof file1278},
  {"checks/gcp/gke/labels.yaml", file1279, sizeof file1279},
  {"checks/gcp/gke/legacy-abac.yaml", file1280, sizeof file1280},
  {"checks/gcp/gke/logging.yaml", file1281, sizeof file1281},
  {"checks/gcp/gke/monitoring.yaml", file1282, sizeof file1282},
  {"checks/gcp/gke/network-policy.yaml", file1283, sizeof file1283},
  {"checks/gcp/gke/node-auto-repair.yaml", file1284, sizeof file1284},
  {"checks/gcp/gke/node-auto-upgrade.yaml", file1285, sizeof file1285},
  {"checks/gcp/gke/node-disk-key.yaml", file1286, sizeof file1286},
  {"checks/gcp/gke/node-image.yaml", file1287, sizeof file1287},
  {"checks/gcp/gke/node-integrity.yaml", file1288, sizeof file1288},
  {"checks/gcp/gke/node-legacy-metadata.yaml", file1289, sizeof file1289},
  {"checks/gcp/gke/node-metadata.yaml", file1290, sizeof file1290},
  {"checks/gcp/gke/node-secure-boot.yaml", file1291, sizeof file1291},
  {"checks/gcp/gke/node-service-account.yaml", file1292, sizeof file1292},
  {"checks/gcp/gke/pools-of-their-own.yaml", file1293, sizeof file1293},
  {"checks/gcp/gke/private-nodes.yaml", file1294, sizeof file1294},
  {"checks/gcp/gke/rbac-groups.yaml", file1295, sizeof file1295},
  {"checks/gcp/gke/release-channel.yaml", file1296, sizeof file1296},
  {"checks/gcp/gke/secrets-encryption.yaml", file1297, sizeof file1297},
  {"checks/gcp/gke/security-posture.yaml", file1298, sizeof file1298},
  {"checks/gcp/gke/shielded-nodes.yaml", file1299, sizeof file1299},
  {"checks/gcp/gke/vpc-native.yaml", file1300, sizeof file1300},
  {"checks/gcp/gke/workload-identity.yaml", file1301, sizeof file1301},
  {"checks/gcp/iam/audit-logs.yaml", file1302, sizeof file1302},
  {"checks/gcp/iam/basic-roles-folder.yaml", file1303, sizeof file1303},
  {"checks/gcp/iam/basic-roles-organization.yaml", file1304, sizeof file1304},
  {"checks/gcp/iam/basic-roles-project.yaml", file1305, sizeof file1305},
  {"checks/gcp/iam/custom-role-escalation.yaml", file1306, sizeof file1306},
  {"checks/gcp/iam/default-service-account-editor.yaml", file1307, sizeof file1307},
  {"checks/gcp/iam/default-service-account-folder.yaml", file1308, sizeof file1308},
  {"checks/gcp/iam/default-service-account-organization.yaml", file1309, sizeof file1309},
  {"checks/gcp/iam/default-service-account-project.yaml", file1310, sizeof file1310},
  {"checks/gcp/iam/deleted-members.yaml", file1311, sizeof file1311},
  {"checks/gcp/iam/impersonation-folder.yaml", file1312, sizeof file1312},
  {"checks/gcp/iam/impersonation-organization.yaml", file1313, sizeof file1313},
  {"checks/gcp/iam/impersonation-project.yaml", file1314, sizeof file1314},
  {"checks/gcp/iam/key-age.yaml", file1315, sizeof file1315},
  {"checks/gcp/iam/key-used.yaml", file1316, sizeof file1316},
  {"checks/gcp/iam/no-user-managed-keys.yaml", file1317, sizeof file1317},
  {"checks/gcp/iam/org-admin-service-account.yaml", file1318, sizeof file1318},
  {"checks/gcp/iam/private-mail-accounts-organization.yaml", file1319, sizeof file1319},
  {"checks/gcp/iam/private-mail-accounts-project.yaml", file1320, sizeof file1320},
  {"checks/gcp/iam/public-folder.yaml", file1321, sizeof file1321},
  {"checks/gcp/iam/public-organization.yaml", file1322, sizeof file1322},
  {"checks/gcp/iam/public-policy.yaml", file1323, sizeof file1323},
  {"checks/gcp/iam/public-project.yaml", file1324, sizeof file1324},
  {"checks/gcp/iam/separate-service-account-duties.yaml", file1325, sizeof file1325},
  {"checks/gcp/iam/service-account-admin-project.yaml", file1326, sizeof file1326},
  {"checks/gcp/iam/service-account-admin.yaml", file1327, sizeof file1327},
  {"checks/gcp/iam/service-account-public.yaml", file1328, sizeof file1328},
  {"checks/gcp/iam/service-account-roles-project.yaml", file1329, sizeof file1329},
  {"checks/gcp/iam/service-account-used.yaml", file1330, sizeof file1330},
  {"checks/gcp/iam/viewer-role-folder.yaml", file1331, sizeof file1331},
  {"checks/gcp/iam/viewer-role-organization.yaml", file1332, sizeof file1332},
  {"checks/gcp/iam/viewer-role-project.yaml", file1333, sizeof file1333},
  {"checks/gcp/iam/workload-identity-condition.yaml", file1334, sizeof file1334},
  {"checks/gcp/iam/workload-identity-whole-pool.yaml", file1335, sizeof file1335},
  {"checks/gcp/kms/destroy-delay.yaml", file1336, sizeof file1336},
  {"checks/gcp/kms/key-public.yaml", file1337, sizeof file1337},
  {"checks/gcp/kms/ring-public.yaml", file1338, sizeof file1338},
  {"checks/gcp/kms/rotation-90-days.yaml", file1339, sizeof file1339},
  {"checks/gcp/kms/rotation-enabled.yaml", file1340, sizeof file1340},
  {"checks/gcp/kms/separate-duties.yaml", file1341, sizeof file1341},
  {"checks/gcp/loadbalancing/armor-adaptive.yaml", file1342, sizeof file1342},
  {"checks/gcp/loadbalancing/certificate-expiry.yaml", file1343, sizeof file1343},
  {"checks/gcp/loadbalancing/cloud-armor.yaml", file1344, sizeof file1344},
  {"checks/gcp/loadbalancing/http-front.yaml", file1345, sizeof file1345},
  {"checks/gcp/loadbalancing/https-ciphers.yaml", file1346, sizeof file1346},
  {"checks/gcp/loadbalancing/https-redirect.yaml", file1347, sizeof file1347},
  {"checks/gcp/loadbalancing/idle-backend-service.yaml", file1348, sizeof file1348},
  {"checks/gcp/loadbalancing/log4shell.yaml", file1349, sizeof file1349},
  {"checks/gcp/loadbalancing/logging.yaml", file1350, sizeof file1350},
  {"checks/gcp/loadbalancing/regional-cloud-armor.yaml", file1351, sizeof file1351},
  {"checks/gcp/loadbalancing/regional-http-front.yaml", file1352, sizeof file1352},
  {"checks/gcp/loadbalancing/regional-logging.yaml", file1353, sizeof file1353},
  {"checks/gcp/loadbalancing/ssl-policy-ciphers.yaml", file1354, sizeof file1354},
  {"checks/gcp/loadbalancing/ssl-policy-floor.yaml", file1355, sizeof file1355},
  {"checks/gcp/loadbalancing/ssl-proxy-ciphers.yaml", file1356, sizeof file1356},
  {"checks/gcp/logging/audit-config-changes.yaml", file1357, sizeof file1357},
  {"checks/gcp/logging/bucket-key.yaml", file1358, sizeof file1358},
  {"checks/gcp/logging/bucket-locked.yaml", file1359, sizeof file1359},
  {"checks/gcp/logging/bucket-permission-changes.yaml", file1360, sizeof file1360},
  {"checks/gcp/logging/bucket-retention.yaml", file1361, sizeof file1361},
  {"checks/gcp/logging/compute-changes.yaml", file1362, sizeof file1362},
  {"checks/gcp/logging/custom-role-changes.yaml", file1363, sizeof file1363},
  {"checks/gcp/logging/default-sink.yaml", file1364, sizeof file1364},
  {"checks/gcp/logging/firewall-changes.yaml", file1365, sizeof file1365},
  {"checks/gcp/logging/key-changes.yaml", file1366, sizeof file1366},
  {"checks/gcp/logging/network-changes.yaml", file1367, sizeof file1367},
  {"checks/gcp/logging/owner-changes.yaml", file1368, sizeof file1368},
  {"checks/gcp/logging/route-changes.yaml", file1369, sizeof file1369},
  {"checks/gcp/logging/sink-for-everything.yaml", file1370, sizeof file1370},
  {"checks/gcp/logging/sql-changes.yaml", file1371, sizeof file1371},
  {"checks/gcp/orgpolicy/locations.yaml", file1372, sizeof file1372},
  {"checks/gcp/orgpolicy/member-domains.yaml", file1373, sizeof file1373},
  {"checks/gcp/orgpolicy/no-default-grants.yaml", file1374, sizeof file1374},
  {"checks/gcp/orgpolicy/no-default-network.yaml", file1375, sizeof file1375},
  {"checks/gcp/orgpolicy/no-external-addresses.yaml", file1376, sizeof file1376},
  {"checks/gcp/orgpolicy/no-key-upload.yaml", file1377, sizeof file1377},
  {"checks/gcp/orgpolicy/no-public-buckets.yaml", file1378, sizeof file1378},
  {"checks/gcp/orgpolicy/no-public-sql.yaml", file1379, sizeof file1379},
  {"checks/gcp/orgpolicy/no-serial-port.yaml", file1380, sizeof file1380},
  {"checks/gcp/orgpolicy/no-service-account-keys.yaml", file1381, sizeof file1381},
  {"checks/gcp/orgpolicy/no-sql-networks.yaml", file1382, sizeof file1382},
  {"checks/gcp/orgpolicy/os-login.yaml", file1383, sizeof file1383},
  {"checks/gcp/orgpolicy/shielded-vm.yaml", file1384, sizeof file1384},
  {"checks/gcp/orgpolicy/tls-floor.yaml", file1385, sizeof file1385},
  {"checks/gcp/orgpolicy/uniform-buckets.yaml", file1386, sizeof file1386},
  {"checks/gcp/orgpolicy/workload-identity-providers.yaml", file1387, sizeof file1387},
  {"checks/gcp/pubsub/dead-letters.yaml", file1388, sizeof file1388},
  {"checks/gcp/pubsub/push-authenticated.yaml", file1389, sizeof file1389},
  {"checks/gcp/pubsub/subscription-public.yaml", file1390, sizeof file1390},
  {"checks/gcp/pubsub/topic-key.yaml", file1391, sizeof file1391},
  {"checks/gcp/pubsub/topic-of-subscription.yaml", file1392, sizeof file1392},
  {"checks/gcp/pubsub/topic-public.yaml", file1393, sizeof file1393},
  {"checks/gcp/redis/auth.yaml", file1394, sizeof file1394},
  {"checks/gcp/redis/availability.yaml", file1395, sizeof file1395},
  {"checks/gcp/redis/cluster-auth.yaml", file1396, sizeof file1396},
  {"checks/gcp/redis/cluster-tls.yaml", file1397, sizeof file1397},
  {"checks/gcp/redis/customer-key.yaml", file1398, sizeof file1398},
  {"checks/gcp/redis/tls.yaml", file1399, sizeof file1399},
  {"checks/gcp/run/binary-authorization.yaml", file1400, sizeof file1400},
  {"checks/gcp/run/customer-key.yaml", file1401, sizeof file1401},
  {"checks/gcp/run/ingress.yaml", file1402, sizeof file1402},
  {"checks/gcp/run/job-service-account.yaml", file1403, sizeof file1403},
  {"checks/gcp/run/public.yaml", file1404, sizeof file1404},
  {"checks/gcp/run/secrets-in-environment.yaml", file1405, sizeof file1405},
  {"checks/gcp/run/service-account.yaml", file1406, sizeof file1406},
  {"checks/gcp/secretmanager/customer-key.yaml", file1407, sizeof file1407},
  {"checks/gcp/secretmanager/public.yaml", file1408, sizeof file1408},
  {"checks/gcp/secretmanager/rotation-overdue.yaml", file1409, sizeof file1409},
  {"checks/gcp/secretmanager/rotation.yaml", file1410, sizeof file1410},
  {"checks/gcp/serviceusage/asset-inventory.yaml", file1411, sizeof file1411},
  {"checks/gcp/serviceusage/container-analysis.yaml", file1412, sizeof file1412},
  {"checks/gcp/serviceusage/container-scanning.yaml", file1413, sizeof file1413},
  {"checks/gcp/spanner/database-key.yaml", file1414, sizeof file1414},
  {"checks/gcp/spanner/deletion-protection.yaml", file1415, sizeof file1415},
  {"checks/gcp/spanner/drop-protection.yaml", file1416, sizeof file1416},
  {"checks/gcp/storage/access-logs.yaml", file1417, sizeof file1417},
  {"checks/gcp/storage/acl-public.yaml", file1418, sizeof file1418},
  {"checks/gcp/storage/cors-wildcard.yaml", file1419, sizeof file1419},
  {"checks/gcp/storage/customer-key.yaml", file1420, sizeof file1420},
  {"checks/gcp/storage/default-acl-public.yaml", file1421, sizeof file1421},
  {"checks/gcp/storage/lifecycle.yaml", file1422, sizeof file1422},
  {"checks/gcp/storage/log-bucket-locked.yaml", file1423, sizeof file1423},
  {"checks/gcp/storage/public-access-prevention.yaml", file1424, sizeof file1424},
  {"checks/gcp/storage/public-access.yaml", file1425, sizeof file1425},
  {"checks/gcp/storage/retention-period.yaml", file1426, sizeof file1426},
  {"checks/gcp/storage/soft-delete.yaml", file1427, sizeof file1427},
  {"checks/gcp/storage/uniform-access.yaml", file1428, sizeof file1428},
  {"checks/gcp/storage/usage-logs.yaml", file1429, sizeof file1429},
  {"checks/gcp/storage/versioning.yaml", file1430, sizeof file1430},
  {"checks/gcp/tpu/private.yaml", file1431, sizeof file1431},
  {"checks/gcp/vertexai/colab-idle.yaml", file1432, sizeof file1432},
  {"checks/gcp/vertexai/colab-internet.yaml", file1433, sizeof file1433},
  {"checks/gcp/vertexai/colab-secure-boot.yaml", file1434, sizeof file1434},
  {"checks/gcp/vertexai/dataset-key.yaml", file1435, sizeof file1435},
  {"checks/gcp/vertexai/endpoint-key.yaml", file1436, sizeof file1436},
  {"checks/gcp/vertexai/endpoint-private.yaml", file1437, sizeof file1437},
  {"checks/gcp/vertexai/featurestore-key.yaml", file1438, sizeof file1438},
  {"checks/gcp/vertexai/index-endpoint-private.yaml", file1439, sizeof file1439},
  {"checks/gcp/vertexai/metadata-store-key.yaml", file1440, sizeof file1440},
  {"checks/gcp/vertexai/model-key.yaml", file1441, sizeof file1441},
  {"checks/gcp/vertexai/runtime-key.yaml", file1442, sizeof file1442},
  {"checks/gcp/vertexai/runtime-private.yaml", file1443, sizeof file1443},
  {"checks/gcp/vertexai/tensorboard-key.yaml", file1444, sizeof file1444},
  {"checks/gcp/vertexai/workbench-download.yaml", file1445, sizeof file1445},
  {"checks/gcp/vertexai/workbench-key.yaml", file1446, sizeof file1446},
  {"checks/gcp/vertexai/workbench-private.yaml", file1447, sizeof file1447},
  {"checks/gcp/vertexai/workbench-root.yaml", file1448, sizeof file1448},
  {"checks/gcp/vertexai/workbench-shielded.yaml", file1449, sizeof file1449},
  {"checks/gcp/vertexai/workbench-terminal.yaml", file1450, sizeof file1450},
  {"checks/gcp/vertexai/workbench-upgrades.yaml", file1451, sizeof file1451},
  {"checks/gcp/vpc/all-ports-open-to-internet.yaml", file1452, sizeof file1452},
  {"checks/gcp/vpc/auto-mode-network.yaml", file1453, sizeof file1453},
  {"checks/gcp/vpc/cassandra-open-to-internet.yaml", file1454, sizeof file1454},
  {"checks/gcp/vpc/default-network.yaml", file1455, sizeof file1455},
  {"checks/gcp/vpc/dns-logging.yaml", file1456, sizeof file1456},
  {"checks/gcp/vpc/dns-open-to-internet.yaml", file1457, sizeof file1457},
  {"checks/gcp/vpc/docker-open-to-internet.yaml", file1458, sizeof file1458},
  {"checks/gcp/vpc/elasticsearch-open-to-internet.yaml", file1459, sizeof file1459},
  {"checks/gcp/vpc/firewall-logging.yaml", file1460, sizeof file1460},
  {"checks/gcp/vpc/flow-logs-complete.yaml", file1461, sizeof file1461},
  {"checks/gcp/vpc/flow-logs.yaml", file1462, sizeof file1462},
  {"checks/gcp/vpc/ftp-open-to-internet.yaml", file1463, sizeof file1463},
  {"checks/gcp/vpc/http-open-to-internet.yaml", file1464, sizeof file1464},
  {"checks/gcp/vpc/kubernetes-open-to-internet.yaml", file1465, sizeof file1465},
  {"checks/gcp/vpc/ldap-open-to-internet.yaml", file1466, sizeof file1466},
  {"checks/gcp/vpc/legacy-network.yaml", file1467, sizeof file1467},
  {"checks/gcp/vpc/memcached-open-to-internet.yaml", file1468, sizeof file1468},
  {"checks/gcp/vpc/mongodb-open-to-internet.yaml", file1469, sizeof file1469},
  {"checks/gcp/vpc/mysql-open-to-internet.yaml", file1470, sizeof file1470},
  {"checks/gcp/vpc/nat-logging.yaml", file1471, sizeof file1471},
  {"checks/gcp/vpc/netbios-snmp-open-to-internet.yaml", file1472, sizeof file1472},
  {"checks/gcp/vpc/network-has-rules.yaml", file1473, sizeof file1473},
  {"checks/gcp/vpc/oracle-open-to-internet.yaml", file1474, sizeof file1474},
  {"checks/gcp/vpc/policy-admin-ports.yaml", file1475, sizeof file1475},
  {"checks/gcp/vpc/postgresql-open-to-internet.yaml", file1476, sizeof file1476},
  {"checks/gcp/vpc/private-google-access-ipv6.yaml", file1477, sizeof file1477},
  {"checks/gcp/vpc/private-google-access.yaml", file1478, sizeof file1478},
  {"checks/gcp/vpc/project-default-network.yaml", file1479, sizeof file1479},
  {"checks/gcp/vpc/rdp-open-to-internet.yaml", file1480, sizeof file1480},
  {"checks/gcp/vpc/redis-open-to-internet.yaml", file1481, sizeof file1481},
  {"checks/gcp/vpc/smb-open-to-internet.yaml", file1482, sizeof file1482},
  {"checks/gcp/vpc/smtp-open-to-internet.yaml", file1483, sizeof file1483},
  {"checks/gcp/vpc/sqlserver-open-to-internet.yaml", file1484, sizeof file1484},
  {"checks/gcp/vpc/ssh-open-to-internet.yaml", file1485, sizeof file1485},
  {"checks/gcp/vpc/telnet-open-to-internet.yaml", file1486, sizeof file1486},
  {"checks/gcp/vpc/vnc-open-to-internet.yaml", file1487, sizeof file1487},
  {"checks/gcp/vpc/vpn-ike.yaml", file1488, sizeof file1488},
  {"checks/gcp/vpc/winrm-open-to-internet.yaml", file1489, sizeof file1489},
  {"collectors/aws/accessanalyzer.yaml", file1490, sizeof file1490},
  {"collectors/aws/account.yaml", file1491, sizeof file1491},
  {"collectors/aws/acm.yaml", file1492, sizeof file1492},
  {"collectors/aws/apigateway.yaml", file1493, sizeof file1493},
  {"collectors/aws/apigatewayv2.yaml", file1494, sizeof file1494},
  {"collectors/aws/athena.yaml", file1495, sizeof file1495},
  {"collectors/aws/autoscaling.yaml", file1496, sizeof file1496},
  {"collectors/aws/backup.yaml", file1497, sizeof file1497},
  {"collectors/aws/bedrock-agent.yaml", file1498, sizeof file1498},
  {"collectors/aws/bedrock.yaml", file1499, sizeof file1499},
  {"collectors/aws/cloudformation.yaml", file1500, sizeof file1500},
  {"collectors/aws/cloudfront.yaml", file1501, sizeof file1501},
  {"collectors/aws/cloudtrail.yaml", file1502, sizeof file1502},
  {"collectors/aws/cloudwatch.yaml", file1503, sizeof file1503},
  {"collectors/aws/codebuild.yaml", file1504, sizeof file1504},
  {"collectors/aws/cognito-identity.yaml", file1505, sizeof file1505},
  {"collectors/aws/cognito-idp.yaml", file1506, sizeof file1506},
  {"collectors/aws/config.yaml", file1507, sizeof file1507},
  {"collectors/aws/dms.yaml", file1508, sizeof file1508},
  {"collectors/aws/docdb.yaml", file1509, sizeof file1509},
  {"collectors/aws/dynamodb.yaml", file1510, sizeof file1510},
  {"collectors/aws/ec2.yaml", file1511, sizeof file1511},
  {"collectors/aws/ecr.yaml", file1512, sizeof file1512},
  {"collectors/aws/ecs.yaml", file1513, sizeof file1513},
  {"collectors/aws/efs.yaml", file1514, sizeof file1514},
  {"collectors/aws/eks.yaml", file1515, sizeof file1515},
  {"collectors/aws/elasticache.yaml", file1516, sizeof file1516},
  {"collectors/aws/elasticbeanstalk.yaml", file1517, sizeof file1517},
  {"collectors/aws/elb.yaml", file1518, sizeof file1518},
  {"collectors/aws/elbv2.yaml", file1519, sizeof file1519},
  {"collectors/aws/emr.yaml", file1520, sizeof file1520},
  {"collectors/aws/events.yaml", file1521, sizeof file1521},
  {"collectors/aws/firehose.yaml", file1522, sizeof file1522},
  {"collectors/aws/fsx.yaml", file1523, sizeof file1523},
  {"collectors/aws/glue.yaml", file1524, sizeof file1524},
  {"collectors/aws/guardduty.yaml", file1525, sizeof file1525},
  {"collectors/aws/iam.yaml", file1526, sizeof file1526},
  {"collectors/aws/inspector2.yaml", file1527, sizeof file1527},
  {"collectors/aws/kafka.yaml", file1528, sizeof file1528},
  {"collectors/aws/kinesis.yaml", file1529, sizeof file1529},
  {"collectors/aws/kms.yaml", file1530, sizeof file1530},
  {"collectors/aws/lambda.yaml", file1531, sizeof file1531},
  {"collectors/aws/lightsail.yaml", file1532, sizeof file1532},
  {"collectors/aws/logs.yaml", file1533, sizeof file1533},
  {"collectors/aws/macie2.yaml", file1534, sizeof file1534},
  {"collectors/aws/memorydb.yaml", file1535, sizeof file1535},
  {"collectors/aws/mq.yaml", file1536, sizeof file1536},
  {"collectors/aws/neptune.yaml", file1537, sizeof file1537},
  {"collectors/aws/network-firewall.yaml", file1538, sizeof file1538},
  {"collectors/aws/opensearch.yaml", file1539, sizeof file1539},
  {"collectors/aws/operations/accessanalyzer.json", file1540, sizeof file1540},
  {"collectors/aws/operations/account.json", file1541, sizeof file1541},
  {"collectors/aws/operations/acm.json", file1542, sizeof file1542},
  {"collectors/aws/operations/apigateway.json", file1543, sizeof file1543},
  {"collectors/aws/operations/apigatewayv2.json", file1544, sizeof file1544},
  {"collectors/aws/operations/athena.json", file1545, sizeof file1545},
  {"collectors/aws/operations/autoscaling.json", file1546, sizeof file1546},
  {"collectors/aws/operations/backup.json", file1547, sizeof file1547},
  {"collectors/aws/operations/bedrock-agent.json", file1548, sizeof file1548},
  {"collectors/aws/operations/bedrock.json", file1549, sizeof file1549},
  {"collectors/aws/operations/cloudformation.json", file1550, sizeof file1550},
  {"collectors/aws/operations/cloudfront.json", file1551, sizeof file1551},
  {"collectors/aws/operations/cloudtrail.json", file1552, sizeof file1552},
  {"collectors/aws/operations/cloudwatch.json", file1553, sizeof file1553},
  {"collectors/aws/operations/codebuild.json", file1554, sizeof file1554},
  {"collectors/aws/operations/cognito-identity.json", file1555, sizeof file1555},
  {"collectors/aws/operations/cognito-idp.json", file1556, sizeof file1556},
  {"collectors/aws/operations/config.json", file1557, sizeof file1557},
  {"collectors/aws/operations/dms.json", file1558, sizeof file1558},
  {"collectors/aws/operations/docdb.json", file1559, sizeof file1559},
  {"collectors/aws/operations/dynamodb.json", file1560, sizeof file1560},
  {"collectors/aws/operations/ec2.json", file1561, sizeof file1561},
  {"collectors/aws/operations/ecr.json", file1562, sizeof file1562},
  {"collectors/aws/operations/ecs.json", file1563, sizeof file1563},
  {"collectors/aws/operations/efs.json", file1564, sizeof file1564},
  {"collectors/aws/operations/eks.json", file1565, sizeof file1565},
  {"collectors/aws/operations/elasticache.json", file1566, sizeof file1566},
  {"collectors/aws/operations/elasticbeanstalk.json", file1567, sizeof file1567},
  {"collectors/aws/operations/elb.json", file1568, sizeof file1568},
  {"collectors/aws/operations/elbv2.json", file1569, sizeof file1569},
  {"collectors/aws/operations/emr.json", file1570, sizeof file1570},
  {"collectors/aws/operations/events.json", file1571, sizeof file1571},
  {"collectors/aws/operations/firehose.json", file1572, sizeof file1572},
  {"collectors/aws/operations/fsx.json", file1573, sizeof file1573},
  {"collectors/aws/operations/glue.json", file1574, sizeof file1574},
  {"collectors/aws/operations/guardduty.json", file1575, sizeof file1575},
  {"collectors/aws/operations/iam.json", file1576, sizeof file1576},
  {"collectors/aws/operations/inspector2.json", file1577, sizeof file1577},
  {"collectors/aws/operations/kafka.json", file1578, sizeof file1578},
  {"collectors/aws/operations/kinesis.json", file1579, sizeof file1579},
  {"collectors/aws/operations/kms.json", file1580, sizeof file1580},
  {"collectors/aws/operations/lambda.json", file1581, sizeof file1581},
  {"collectors/aws/operations/lightsail.json", file1582, sizeof file1582},
  {"collectors/aws/operations/logs.json", file1583, sizeof file1583},
  {"collectors/aws/operations/macie2.json", file1584, sizeof file1584},
  {"collectors/aws/operations/memorydb.json", file1585, sizeof file1585},
  {"collectors/aws/operations/mq.json", file1586, sizeof file1586},
  {"collectors/aws/operations/neptune.json", file1587, sizeof file1587},
  {"collectors/aws/operations/network-firewall.json", file1588, sizeof file1588},
  {"collectors/aws/operations/opensearch.json", file1589, sizeof file1589},
  {"collectors/aws/operations/organizations.json", file1590, sizeof file1590},
  {"collectors/aws/operations/rds.json", file1591, sizeof file1591},
  {"collectors/aws/operations/redshift.json", file1592, sizeof file1592},
  {"collectors/aws/operations/route53.json", file1593, sizeof file1593},
  {"collectors/aws/operations/route53domains.json", file1594, sizeof file1594},
  {"collectors/aws/operations/s3.json", file1595, sizeof file1595},
  {"collectors/aws/operations/s3control.json", file1596, sizeof file1596},
  {"collectors/aws/operations/sagemaker.json", file1597, sizeof file1597},
  {"collectors/aws/operations/secretsmanager.json", file1598, sizeof file1598},
  {"collectors/aws/operations/securityhub.json", file1599, sizeof file1599},
  {"collectors/aws/operations/ses.json", file1600, sizeof file1600},
  {"collectors/aws/operations/sesv2.json", file1601, sizeof file1601},
  {"collectors/aws/operations/shield.json", file1602, sizeof file1602},
  {"collectors/aws/operations/sns.json", file1603, sizeof file1603},
  {"collectors/aws/operations/sqs.json", file1604, sizeof file1604},
  {"collectors/aws/operations/ssm.json", file1605, sizeof file1605},
  {"collectors/aws/operations/stepfunctions.json", file1606, sizeof file1606},
  {"collectors/aws/operations/sts.json", file1607, sizeof file1607},
  {"collectors/aws/operations/transfer.json", file1608, sizeof file1608},
  {"collectors/aws/operations/wafv2.json", file1609, sizeof file1609},
  {"collectors/aws/operations/workspaces.json", file1610, sizeof file1610},
  {"collectors/aws/organizations.yaml", file1611, sizeof file1611},
  {"collectors/aws/rds.yaml", file1612, sizeof file1612},
  {"collectors/aws/redshift.yaml", file1613, sizeof file1613},
  {"collectors/aws/route53.yaml", file1614, sizeof file1614},
  {"collectors/aws/route53domains.yaml", file1615, sizeof file1615},
  {"collectors/aws/s3.yaml", file1616, sizeof file1616},
  {"collectors/aws/s3control.yaml", file1617, sizeof file1617},
  {"collectors/aws/sagemaker.yaml", file1618, sizeof file1618},
  {"collectors/aws/secretsmanager.yaml", file1619, sizeof file1619},
  {"collectors/aws/securityhub.yaml", file1620, sizeof file1620},
  {"collectors/aws/ses.yaml", file1621, sizeof file1621},
  {"collectors/aws/sesv2.yaml", file1622, sizeof file1622},
  {"collectors/aws/shield.yaml", file1623, sizeof file1623},
  {"collectors/aws/sns.yaml", file1624, sizeof file1624},
  {"collectors/aws/sqs.yaml", file1625, sizeof file1625},
  {"collectors/aws/ssm.yaml", file1626, sizeof file1626},
  {"collectors/aws/stepfunctions.yaml", file1627, sizeof file1627},
  {"collectors/aws/transfer.yaml", file1628, sizeof file1628},
  {"collectors/aws/wafv2.yaml", file1629, sizeof file1629},
  {"collectors/aws/workspaces.yaml", file1630, sizeof file1630},
  {"collectors/azure/analytics.yaml", file1631, sizeof file1631},
  {"collectors/azure/authorization.yaml", file1632, sizeof file1632},
  {"collectors/azure/backup.yaml", file1633, sizeof file1633},
  {"collectors/azure/compute.yaml", file1634, sizeof file1634},
  {"collectors/azure/databases.yaml", file1635, sizeof file1635},
  {"collectors/azure/graph.yaml", file1636, sizeof file1636},
  {"collectors/azure/insights.yaml", file1637, sizeof file1637},
  {"collectors/azure/keyvault.yaml", file1638, sizeof file1638},
  {"collectors/azure/network.yaml", file1639, sizeof file1639},
  {"collectors/azure/privateendpoints.yaml", file1640, sizeof file1640},
  {"collectors/azure/security.yaml", file1641, sizeof file1641},
  {"collectors/azure/sql.yaml", file1642, sizeof file1642},
  {"collectors/azure/storage.yaml", file1643, sizeof file1643},
  {"collectors/azure/web.yaml", file1644, sizeof file1644},
  {"collectors/gcp/accessapproval.yaml", file1645, sizeof file1645},
  {"collectors/gcp/accesscontextmanager.yaml", file1646, sizeof file1646},
  {"collectors/gcp/apikeys.yaml", file1647, sizeof file1647},
  {"collectors/gcp/essentialcontacts.yaml", file1648, sizeof file1648},
  {"collectors/gcp/iam.yaml", file1649, sizeof file1649},
  {"collectors/gcp/logging.yaml", file1650, sizeof file1650},
  {"collectors/gcp/monitoring.yaml", file1651, sizeof file1651},
  {"collectors/gcp/orgpolicy.yaml", file1652, sizeof file1652},
  {"collectors/gcp/policyanalyzer.yaml", file1653, sizeof file1653},
  {"collectors/gcp/sqladmin.yaml", file1654, sizeof file1654},
  {"collectors/gcp/storage.yaml", file1655, sizeof file1655},
  {"defaults/aws.yaml", file1656, sizeof file1656},
  {"defaults/azure.yaml", file1657, sizeof file1657},
  {"defaults/gcp.yaml", file1658, sizeof file1658},
  {"estates/contoso-hardened/about.yaml", file1659, sizeof file1659},
  {"estates/contoso-hardened/aws.yaml", file1660, sizeof file1660},
  {"estates/contoso-hardened/azure.yaml", file1661, sizeof file1661},
  {"estates/contoso-hardened/gcp.yaml", file1662, sizeof file1662},
  {"estates/contoso/about.yaml", file1663, sizeof file1663},
  {"estates/contoso/aws/bank.yaml", file1664, sizeof file1664},
  {"estates/contoso/aws/organisation.yaml", file1665, sizeof file1665},
  {"estates/contoso/aws/shop.yaml", file1666, sizeof file1666},
  {"estates/contoso/azure/compute.yaml", file1667, sizeof file1667},
  {"estates/contoso/azure/data.yaml", file1668, sizeof file1668},
  {"estates/contoso/azure/defender.yaml", file1669, sizeof file1669},
  {"estates/contoso/azure/directory.yaml", file1670, sizeof file1670},
  {"estates/contoso/azure/governance.yaml", file1671, sizeof file1671},
  {"estates/contoso/azure/network.yaml", file1672, sizeof file1672},
  {"estates/contoso/azure/storage.yaml", file1673, sizeof file1673},
  {"estates/contoso/gcp/bank.yaml", file1674, sizeof file1674},
  {"estates/contoso/gcp/organisation.yaml", file1675, sizeof file1675},
  {"estates/contoso/gcp/shop.yaml", file1676, sizeof file1676},
  {"estates/contoso/planted.yaml", file1677, sizeof file1677},
  {"frameworks/cis_aws_6.0.yaml", file1678, sizeof file1678},
  {"frameworks/cis_aws_7.0.yaml", file1679, sizeof file1679},
  {"frameworks/cis_azure_2.0.yaml", file1680, sizeof file1680},
  {"frameworks/cis_azure_3.0.yaml", file1681, sizeof file1681},
  {"frameworks/cis_azure_6.0.yaml", file1682, sizeof file1682},
  {"frameworks/cis_controls_8.1.yaml", file1683, sizeof file1683},
  {"frameworks/cis_gcp_4.0.yaml", file1684, sizeof file1684},
  {"frameworks/cis_gcp_5.0.yaml", file1685, sizeof file1685},
  {"frameworks/dora.yaml", file1686, sizeof file1686},
  {"frameworks/gdpr.yaml", file1687, sizeof file1687},
  {"frameworks/hipaa.yaml", file1688, sizeof file1688},
  {"frameworks/iso27001_2013.yaml", file1689, sizeof file1689},
  {"frameworks/iso27001_2022.yaml", file1690, sizeof file1690},
  {"frameworks/mcsb.yaml", file1691, sizeof file1691},
  {"frameworks/nis2.yaml", file1692, sizeof file1692},
  {"frameworks/nist_800_53_r5.yaml", file1693, sizeof file1693},
  {"frameworks/nist_csf_2.0.yaml", file1694, sizeof file1694},
  {"frameworks/pci_4.0.1.yaml", file1695, sizeof file1695},
  {"frameworks/soc2.yaml", file1696, sizeof file1696},
  {"lessons/compute.yaml", file1697, sizeof file1697},
  {"lessons/containers.yaml", file1698, sizeof file1698},
  {"lessons/database.yaml", file1699, sizeof file1699},
  {"lessons/encryption.yaml", file1700, sizeof file1700},
  {"lessons/findings.yaml", file1701, sizeof file1701},
  {"lessons/first-look.yaml", file1702, sizeof file1702},
  {"lessons/identity.yaml", file1703, sizeof file1703},
  {"lessons/logging.yaml", file1704, sizeof file1704},
  {"lessons/network.yaml", file1705, sizeof file1705},
  {"lessons/ownership.yaml", file1706, sizeof file1706},
  {"lessons/public-storage.yaml", file1707, sizeof file1707},
  {"lessons/worst.yaml", file1708, sizeof file1708},
  {"mappings/cloudformation/identities.yaml", file1709, sizeof file1709},
  {"mappings/cloudformation/merges.yaml", file1710, sizeof file1710},
  {"mappings/drift.yaml", file1711, sizeof file1711},
  {"mappings/terraform/aws/account.yaml", file1712, sizeof file1712},
  {"mappings/terraform/aws/analytics.yaml", file1713, sizeof file1713},
  {"mappings/terraform/aws/compute.yaml", file1714, sizeof file1714},
  {"mappings/terraform/aws/databases.yaml", file1715, sizeof file1715},
  {"mappings/terraform/aws/ec2.yaml", file1716, sizeof file1716},
  {"mappings/terraform/aws/gateways.yaml", file1717, sizeof file1717},
  {"mappings/terraform/aws/iam.yaml", file1718, sizeof file1718},
  {"mappings/terraform/aws/logs.yaml", file1719, sizeof file1719},
  {"mappings/terraform/aws/messaging.yaml", file1720, sizeof file1720},
  {"mappings/terraform/aws/networks.yaml", file1721, sizeof file1721},
  {"mappings/terraform/aws/provider.yaml", file1722, sizeof file1722},
  {"mappings/terraform/aws/s3.yaml", file1723, sizeof file1723},
  {"mappings/terraform/aws/security-groups.yaml", file1724, sizeof file1724},
  {"mappings/terraform/azure/compute.yaml", file1725, sizeof file1725},
  {"mappings/terraform/azure/containers.yaml", file1726, sizeof file1726},
  {"mappings/terraform/azure/data.yaml", file1727, sizeof file1727},
  {"mappings/terraform/azure/databases.yaml", file1728, sizeof file1728},
  {"mappings/terraform/azure/integration.yaml", file1729, sizeof file1729},
  {"mappings/terraform/azure/keyvault.yaml", file1730, sizeof file1730},
  {"mappings/terraform/azure/monitor.yaml", file1731, sizeof file1731},
  {"mappings/terraform/azure/network.yaml", file1732, sizeof file1732},
  {"mappings/terraform/azure/privateendpoints.yaml", file1733, sizeof file1733},
  {"mappings/terraform/azure/provider.yaml", file1734, sizeof file1734},
  {"mappings/terraform/azure/sql.yaml", file1735, sizeof file1735},
  {"mappings/terraform/azure/storage.yaml", file1736, sizeof file1736},
  {"mappings/terraform/azure/web.yaml", file1737, sizeof file1737},
  {"mappings/terraform/gcp/ai.yaml", file1738, sizeof file1738},
  {"mappings/terraform/gcp/compute.yaml", file1739, sizeof file1739},
  {"mappings/terraform/gcp/data.yaml", file1740, sizeof file1740},
  {"mappings/terraform/gcp/gke.yaml", file1741, sizeof file1741},
  {"mappings/terraform/gcp/grants.yaml", file1742, sizeof file1742},
  {"mappings/terraform/gcp/iam.yaml", file1743, sizeof file1743},
  {"mappings/terraform/gcp/loadbalancing.yaml", file1744, sizeof file1744},
  {"mappings/terraform/gcp/provider.yaml", file1745, sizeof file1745},
  {"mappings/terraform/gcp/security.yaml", file1746, sizeof file1746},
  {"mappings/terraform/gcp/serverless.yaml", file1747, sizeof file1747},
  {"mappings/terraform/gcp/sql.yaml", file1748, sizeof file1748},
  {"mappings/terraform/gcp/storage.yaml", file1749, sizeof file1749},
  {"mappings/terraform/gcp/vpc.yaml", file1750, sizeof file1750},
  {"scores/compliance-manager.yaml", file1751, sizeof file1751},
  {"scores/risk.yaml", file1752, sizeof file1752},
  {"scores/secure-score.yaml", file1753, sizeof file1753},
  {"twin/aws/operations/cloudtrail.json", file1754, sizeof file1754},
  {"twin/aws/operations/ec2.json", file1755, sizeof file1755},
  {"twin/aws/operations/iam.json", file1756, sizeof file1756},
  {"twin/aws/operations/kms.json", file1757, sizeof file1757},
  {"twin/aws/operations/lambda.json", file1758, sizeof file1758},
  {"twin/aws/operations/rds.json", file1759, sizeof file1759},
  {"twin/aws/operations/s3.json", file1760, sizeof file1760},
  {"twin/aws/operations/s3control.json", file1761, sizeof file1761},
  {"twin/aws/operations/secretsmanager.json", file1762, sizeof file1762},
  {"twin/aws/operations/sqs.json", file1763, sizeof file1763},
  {"twin/aws/reads/cloudtrail.yaml", file1764, sizeof file1764},
  {"twin/aws/reads/ec2.yaml", file1765, sizeof file1765},
  {"twin/aws/reads/iam.yaml", file1766, sizeof file1766},
  {"twin/aws/reads/lambda.yaml", file1767, sizeof file1767},
  {"twin/aws/reads/s3.yaml", file1768, sizeof file1768},
  {"twin/aws/reads/secretsmanager.yaml", file1769, sizeof file1769},
  {"twin/aws/reads/sqs.yaml", file1770, sizeof file1770},
  {"twin/aws/writes/cloudtrail.yaml", file1771, sizeof file1771},
  {"twin/aws/writes/ec2.yaml", file1772, sizeof file1772},
  {"twin/aws/writes/iam.yaml", file1773, sizeof file1773},
  {"twin/aws/writes/kms.yaml", file1774, sizeof file1774},
  {"twin/aws/writes/rds.yaml", file1775, sizeof file1775},
  {"twin/aws/writes/s3.yaml", file1776, sizeof file1776},
  {"twin/aws/writes/s3control.yaml", file1777, sizeof file1777},
  {"twin/gcp/roles.yaml", file1778, sizeof file1778},
  {"web/mark.svg", file1779, sizeof file1779},
  {"web/plumbline.css", file1780, sizeof file1780},
  {"web/plumbline.js", file1781, sizeof file1781},
  {"web/query.js", file1782, sizeof file1782},
  {"web/theme.js", file1783, sizeof file1783},
  {"workbooks/change.json", file1784, sizeof file1784},
  {"workbooks/identity.json", file1785, sizeof file1785},
  {"workbooks/posture.json", file1786, sizeof file1786},
};

size_t plumb_content_count(void) { return sizeof files / sizeof files[0]; }
plumb_content_file plumb_content_at(size_t index) { return files[index]; }
