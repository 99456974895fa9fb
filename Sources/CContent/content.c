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
#embed "../../Content/collectors/aws/cloudtrail.yaml"
};
static const unsigned char file65[] = {
#embed "../../Content/collectors/aws/cloudwatch.yaml"
};
static const unsigned char file66[] = {
#embed "../../Content/collectors/aws/config.yaml"
};
static const unsigned char file67[] = {
#embed "../../Content/collectors/aws/dynamodb.yaml"
};
static const unsigned char file68[] = {
#embed "../../Content/collectors/aws/ec2.yaml"
};
static const unsigned char file69[] = {
#embed "../../Content/collectors/aws/ecr.yaml"
};
static const unsigned char file70[] = {
#embed "../../Content/collectors/aws/ecs.yaml"
};
static const unsigned char file71[] = {
#embed "../../Content/collectors/aws/efs.yaml"
};
static const unsigned char file72[] = {
#embed "../../Content/collectors/aws/eks.yaml"
};
static const unsigned char file73[] = {
#embed "../../Content/collectors/aws/elbv2.yaml"
};
static const unsigned char file74[] = {
#embed "../../Content/collectors/aws/guardduty.yaml"
};
static const unsigned char file75[] = {
#embed "../../Content/collectors/aws/iam.yaml"
};
static const unsigned char file76[] = {
#embed "../../Content/collectors/aws/kms.yaml"
};
static const unsigned char file77[] = {
#embed "../../Content/collectors/aws/lambda.yaml"
};
static const unsigned char file78[] = {
#embed "../../Content/collectors/aws/logs.yaml"
};
static const unsigned char file79[] = {
#embed "../../Content/collectors/aws/macie2.yaml"
};
static const unsigned char file80[] = {
#embed "../../Content/collectors/aws/operations/accessanalyzer.json"
};
static const unsigned char file81[] = {
#embed "../../Content/collectors/aws/operations/account.json"
};
static const unsigned char file82[] = {
#embed "../../Content/collectors/aws/operations/cloudtrail.json"
};
static const unsigned char file83[] = {
#embed "../../Content/collectors/aws/operations/cloudwatch.json"
};
static const unsigned char file84[] = {
#embed "../../Content/collectors/aws/operations/config.json"
};
static const unsigned char file85[] = {
#embed "../../Content/collectors/aws/operations/dynamodb.json"
};
static const unsigned char file86[] = {
#embed "../../Content/collectors/aws/operations/ec2.json"
};
static const unsigned char file87[] = {
#embed "../../Content/collectors/aws/operations/ecr.json"
};
static const unsigned char file88[] = {
#embed "../../Content/collectors/aws/operations/ecs.json"
};
static const unsigned char file89[] = {
#embed "../../Content/collectors/aws/operations/efs.json"
};
static const unsigned char file90[] = {
#embed "../../Content/collectors/aws/operations/eks.json"
};
static const unsigned char file91[] = {
#embed "../../Content/collectors/aws/operations/elbv2.json"
};
static const unsigned char file92[] = {
#embed "../../Content/collectors/aws/operations/guardduty.json"
};
static const unsigned char file93[] = {
#embed "../../Content/collectors/aws/operations/iam.json"
};
static const unsigned char file94[] = {
#embed "../../Content/collectors/aws/operations/kms.json"
};
static const unsigned char file95[] = {
#embed "../../Content/collectors/aws/operations/lambda.json"
};
static const unsigned char file96[] = {
#embed "../../Content/collectors/aws/operations/logs.json"
};
static const unsigned char file97[] = {
#embed "../../Content/collectors/aws/operations/macie2.json"
};
static const unsigned char file98[] = {
#embed "../../Content/collectors/aws/operations/rds.json"
};
static const unsigned char file99[] = {
#embed "../../Content/collectors/aws/operations/s3.json"
};
static const unsigned char file100[] = {
#embed "../../Content/collectors/aws/operations/s3control.json"
};
static const unsigned char file101[] = {
#embed "../../Content/collectors/aws/operations/secretsmanager.json"
};
static const unsigned char file102[] = {
#embed "../../Content/collectors/aws/operations/securityhub.json"
};
static const unsigned char file103[] = {
#embed "../../Content/collectors/aws/operations/sns.json"
};
static const unsigned char file104[] = {
#embed "../../Content/collectors/aws/operations/sqs.json"
};
static const unsigned char file105[] = {
#embed "../../Content/collectors/aws/operations/sts.json"
};
static const unsigned char file106[] = {
#embed "../../Content/collectors/aws/rds.yaml"
};
static const unsigned char file107[] = {
#embed "../../Content/collectors/aws/s3.yaml"
};
static const unsigned char file108[] = {
#embed "../../Content/collectors/aws/s3control.yaml"
};
static const unsigned char file109[] = {
#embed "../../Content/collectors/aws/secretsmanager.yaml"
};
static const unsigned char file110[] = {
#embed "../../Content/collectors/aws/securityhub.yaml"
};
static const unsigned char file111[] = {
#embed "../../Content/collectors/aws/sns.yaml"
};
static const unsigned char file112[] = {
#embed "../../Content/collectors/aws/sqs.yaml"
};
static const unsigned char file113[] = {
#embed "../../Content/defaults/aws.yaml"
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
  {"collectors/aws/cloudtrail.yaml", file64, sizeof file64},
  {"collectors/aws/cloudwatch.yaml", file65, sizeof file65},
  {"collectors/aws/config.yaml", file66, sizeof file66},
  {"collectors/aws/dynamodb.yaml", file67, sizeof file67},
  {"collectors/aws/ec2.yaml", file68, sizeof file68},
  {"collectors/aws/ecr.yaml", file69, sizeof file69},
  {"collectors/aws/ecs.yaml", file70, sizeof file70},
  {"collectors/aws/efs.yaml", file71, sizeof file71},
  {"collectors/aws/eks.yaml", file72, sizeof file72},
  {"collectors/aws/elbv2.yaml", file73, sizeof file73},
  {"collectors/aws/guardduty.yaml", file74, sizeof file74},
  {"collectors/aws/iam.yaml", file75, sizeof file75},
  {"collectors/aws/kms.yaml", file76, sizeof file76},
  {"collectors/aws/lambda.yaml", file77, sizeof file77},
  {"collectors/aws/logs.yaml", file78, sizeof file78},
  {"collectors/aws/macie2.yaml", file79, sizeof file79},
  {"collectors/aws/operations/accessanalyzer.json", file80, sizeof file80},
  {"collectors/aws/operations/account.json", file81, sizeof file81},
  {"collectors/aws/operations/cloudtrail.json", file82, sizeof file82},
  {"collectors/aws/operations/cloudwatch.json", file83, sizeof file83},
  {"collectors/aws/operations/config.json", file84, sizeof file84},
  {"collectors/aws/operations/dynamodb.json", file85, sizeof file85},
  {"collectors/aws/operations/ec2.json", file86, sizeof file86},
  {"collectors/aws/operations/ecr.json", file87, sizeof file87},
  {"collectors/aws/operations/ecs.json", file88, sizeof file88},
  {"collectors/aws/operations/efs.json", file89, sizeof file89},
  {"collectors/aws/operations/eks.json", file90, sizeof file90},
  {"collectors/aws/operations/elbv2.json", file91, sizeof file91},
  {"collectors/aws/operations/guardduty.json", file92, sizeof file92},
  {"collectors/aws/operations/iam.json", file93, sizeof file93},
  {"collectors/aws/operations/kms.json", file94, sizeof file94},
  {"collectors/aws/operations/lambda.json", file95, sizeof file95},
  {"collectors/aws/operations/logs.json", file96, sizeof file96},
  {"collectors/aws/operations/macie2.json", file97, sizeof file97},
  {"collectors/aws/operations/rds.json", file98, sizeof file98},
  {"collectors/aws/operations/s3.json", file99, sizeof file99},
  {"collectors/aws/operations/s3control.json", file100, sizeof file100},
  {"collectors/aws/operations/secretsmanager.json", file101, sizeof file101},
  {"collectors/aws/operations/securityhub.json", file102, sizeof file102},
  {"collectors/aws/operations/sns.json", file103, sizeof file103},
  {"collectors/aws/operations/sqs.json", file104, sizeof file104},
  {"collectors/aws/operations/sts.json", file105, sizeof file105},
  {"collectors/aws/rds.yaml", file106, sizeof file106},
  {"collectors/aws/s3.yaml", file107, sizeof file107},
  {"collectors/aws/s3control.yaml", file108, sizeof file108},
  {"collectors/aws/secretsmanager.yaml", file109, sizeof file109},
  {"collectors/aws/securityhub.yaml", file110, sizeof file110},
  {"collectors/aws/sns.yaml", file111, sizeof file111},
  {"collectors/aws/sqs.yaml", file112, sizeof file112},
  {"defaults/aws.yaml", file113, sizeof file113},
};

size_t plumb_content_count(void) { return sizeof files / sizeof files[0]; }
plumb_content_file plumb_content_at(size_t index) { return files[index]; }
