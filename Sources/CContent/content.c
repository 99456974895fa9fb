// SPDX-License-Identifier: Apache-2.0
// Written by Scripts/embed-content.py; do not edit.
#include "CContent.h"

static const unsigned char file0[] = {
#embed "../../Content/checks/aws/ec2/all-ports-open-to-internet.yaml"
};
static const unsigned char file1[] = {
#embed "../../Content/checks/aws/ec2/default-security-group-closed.yaml"
};
static const unsigned char file2[] = {
#embed "../../Content/checks/aws/ec2/ebs-default-encryption.yaml"
};
static const unsigned char file3[] = {
#embed "../../Content/checks/aws/ec2/imdsv2-required.yaml"
};
static const unsigned char file4[] = {
#embed "../../Content/checks/aws/ec2/instance-role.yaml"
};
static const unsigned char file5[] = {
#embed "../../Content/checks/aws/ec2/network-acl-admin-ports.yaml"
};
static const unsigned char file6[] = {
#embed "../../Content/checks/aws/ec2/rdp-open-to-internet.yaml"
};
static const unsigned char file7[] = {
#embed "../../Content/checks/aws/ec2/ssh-open-to-internet.yaml"
};
static const unsigned char file8[] = {
#embed "../../Content/checks/aws/ec2/volume-encrypted.yaml"
};
static const unsigned char file9[] = {
#embed "../../Content/checks/aws/efs/encrypted.yaml"
};
static const unsigned char file10[] = {
#embed "../../Content/checks/aws/kms/key-rotation.yaml"
};
static const unsigned char file11[] = {
#embed "../../Content/checks/aws/rds/minor-version-upgrade.yaml"
};
static const unsigned char file12[] = {
#embed "../../Content/checks/aws/rds/multi-az.yaml"
};
static const unsigned char file13[] = {
#embed "../../Content/checks/aws/rds/not-public.yaml"
};
static const unsigned char file14[] = {
#embed "../../Content/checks/aws/rds/storage-encrypted.yaml"
};
static const unsigned char file15[] = {
#embed "../../Content/checks/aws/vpc/flow-logs.yaml"
};
static const unsigned char file16[] = {
#embed "../../Content/checks/aws/vpc/peering-routes.yaml"
};
static const unsigned char file17[] = {
#embed "../../Content/collectors/aws/accessanalyzer.yaml"
};
static const unsigned char file18[] = {
#embed "../../Content/collectors/aws/account.yaml"
};
static const unsigned char file19[] = {
#embed "../../Content/collectors/aws/cloudtrail.yaml"
};
static const unsigned char file20[] = {
#embed "../../Content/collectors/aws/cloudwatch.yaml"
};
static const unsigned char file21[] = {
#embed "../../Content/collectors/aws/config.yaml"
};
static const unsigned char file22[] = {
#embed "../../Content/collectors/aws/dynamodb.yaml"
};
static const unsigned char file23[] = {
#embed "../../Content/collectors/aws/ec2.yaml"
};
static const unsigned char file24[] = {
#embed "../../Content/collectors/aws/ecr.yaml"
};
static const unsigned char file25[] = {
#embed "../../Content/collectors/aws/ecs.yaml"
};
static const unsigned char file26[] = {
#embed "../../Content/collectors/aws/efs.yaml"
};
static const unsigned char file27[] = {
#embed "../../Content/collectors/aws/eks.yaml"
};
static const unsigned char file28[] = {
#embed "../../Content/collectors/aws/elbv2.yaml"
};
static const unsigned char file29[] = {
#embed "../../Content/collectors/aws/guardduty.yaml"
};
static const unsigned char file30[] = {
#embed "../../Content/collectors/aws/iam.yaml"
};
static const unsigned char file31[] = {
#embed "../../Content/collectors/aws/kms.yaml"
};
static const unsigned char file32[] = {
#embed "../../Content/collectors/aws/lambda.yaml"
};
static const unsigned char file33[] = {
#embed "../../Content/collectors/aws/logs.yaml"
};
static const unsigned char file34[] = {
#embed "../../Content/collectors/aws/macie2.yaml"
};
static const unsigned char file35[] = {
#embed "../../Content/collectors/aws/operations/accessanalyzer.json"
};
static const unsigned char file36[] = {
#embed "../../Content/collectors/aws/operations/account.json"
};
static const unsigned char file37[] = {
#embed "../../Content/collectors/aws/operations/cloudtrail.json"
};
static const unsigned char file38[] = {
#embed "../../Content/collectors/aws/operations/cloudwatch.json"
};
static const unsigned char file39[] = {
#embed "../../Content/collectors/aws/operations/config.json"
};
static const unsigned char file40[] = {
#embed "../../Content/collectors/aws/operations/dynamodb.json"
};
static const unsigned char file41[] = {
#embed "../../Content/collectors/aws/operations/ec2.json"
};
static const unsigned char file42[] = {
#embed "../../Content/collectors/aws/operations/ecr.json"
};
static const unsigned char file43[] = {
#embed "../../Content/collectors/aws/operations/ecs.json"
};
static const unsigned char file44[] = {
#embed "../../Content/collectors/aws/operations/efs.json"
};
static const unsigned char file45[] = {
#embed "../../Content/collectors/aws/operations/eks.json"
};
static const unsigned char file46[] = {
#embed "../../Content/collectors/aws/operations/elbv2.json"
};
static const unsigned char file47[] = {
#embed "../../Content/collectors/aws/operations/guardduty.json"
};
static const unsigned char file48[] = {
#embed "../../Content/collectors/aws/operations/iam.json"
};
static const unsigned char file49[] = {
#embed "../../Content/collectors/aws/operations/kms.json"
};
static const unsigned char file50[] = {
#embed "../../Content/collectors/aws/operations/lambda.json"
};
static const unsigned char file51[] = {
#embed "../../Content/collectors/aws/operations/logs.json"
};
static const unsigned char file52[] = {
#embed "../../Content/collectors/aws/operations/macie2.json"
};
static const unsigned char file53[] = {
#embed "../../Content/collectors/aws/operations/rds.json"
};
static const unsigned char file54[] = {
#embed "../../Content/collectors/aws/operations/s3.json"
};
static const unsigned char file55[] = {
#embed "../../Content/collectors/aws/operations/s3control.json"
};
static const unsigned char file56[] = {
#embed "../../Content/collectors/aws/operations/secretsmanager.json"
};
static const unsigned char file57[] = {
#embed "../../Content/collectors/aws/operations/securityhub.json"
};
static const unsigned char file58[] = {
#embed "../../Content/collectors/aws/operations/sns.json"
};
static const unsigned char file59[] = {
#embed "../../Content/collectors/aws/operations/sqs.json"
};
static const unsigned char file60[] = {
#embed "../../Content/collectors/aws/operations/sts.json"
};
static const unsigned char file61[] = {
#embed "../../Content/collectors/aws/rds.yaml"
};
static const unsigned char file62[] = {
#embed "../../Content/collectors/aws/s3.yaml"
};
static const unsigned char file63[] = {
#embed "../../Content/collectors/aws/s3control.yaml"
};
static const unsigned char file64[] = {
#embed "../../Content/collectors/aws/secretsmanager.yaml"
};
static const unsigned char file65[] = {
#embed "../../Content/collectors/aws/securityhub.yaml"
};
static const unsigned char file66[] = {
#embed "../../Content/collectors/aws/sns.yaml"
};
static const unsigned char file67[] = {
#embed "../../Content/collectors/aws/sqs.yaml"
};

static const plumb_content_file files[] = {
  {"checks/aws/ec2/all-ports-open-to-internet.yaml", file0, sizeof file0},
  {"checks/aws/ec2/default-security-group-closed.yaml", file1, sizeof file1},
  {"checks/aws/ec2/ebs-default-encryption.yaml", file2, sizeof file2},
  {"checks/aws/ec2/imdsv2-required.yaml", file3, sizeof file3},
  {"checks/aws/ec2/instance-role.yaml", file4, sizeof file4},
  {"checks/aws/ec2/network-acl-admin-ports.yaml", file5, sizeof file5},
  {"checks/aws/ec2/rdp-open-to-internet.yaml", file6, sizeof file6},
  {"checks/aws/ec2/ssh-open-to-internet.yaml", file7, sizeof file7},
  {"checks/aws/ec2/volume-encrypted.yaml", file8, sizeof file8},
  {"checks/aws/efs/encrypted.yaml", file9, sizeof file9},
  {"checks/aws/kms/key-rotation.yaml", file10, sizeof file10},
  {"checks/aws/rds/minor-version-upgrade.yaml", file11, sizeof file11},
  {"checks/aws/rds/multi-az.yaml", file12, sizeof file12},
  {"checks/aws/rds/not-public.yaml", file13, sizeof file13},
  {"checks/aws/rds/storage-encrypted.yaml", file14, sizeof file14},
  {"checks/aws/vpc/flow-logs.yaml", file15, sizeof file15},
  {"checks/aws/vpc/peering-routes.yaml", file16, sizeof file16},
  {"collectors/aws/accessanalyzer.yaml", file17, sizeof file17},
  {"collectors/aws/account.yaml", file18, sizeof file18},
  {"collectors/aws/cloudtrail.yaml", file19, sizeof file19},
  {"collectors/aws/cloudwatch.yaml", file20, sizeof file20},
  {"collectors/aws/config.yaml", file21, sizeof file21},
  {"collectors/aws/dynamodb.yaml", file22, sizeof file22},
  {"collectors/aws/ec2.yaml", file23, sizeof file23},
  {"collectors/aws/ecr.yaml", file24, sizeof file24},
  {"collectors/aws/ecs.yaml", file25, sizeof file25},
  {"collectors/aws/efs.yaml", file26, sizeof file26},
  {"collectors/aws/eks.yaml", file27, sizeof file27},
  {"collectors/aws/elbv2.yaml", file28, sizeof file28},
  {"collectors/aws/guardduty.yaml", file29, sizeof file29},
  {"collectors/aws/iam.yaml", file30, sizeof file30},
  {"collectors/aws/kms.yaml", file31, sizeof file31},
  {"collectors/aws/lambda.yaml", file32, sizeof file32},
  {"collectors/aws/logs.yaml", file33, sizeof file33},
  {"collectors/aws/macie2.yaml", file34, sizeof file34},
  {"collectors/aws/operations/accessanalyzer.json", file35, sizeof file35},
  {"collectors/aws/operations/account.json", file36, sizeof file36},
  {"collectors/aws/operations/cloudtrail.json", file37, sizeof file37},
  {"collectors/aws/operations/cloudwatch.json", file38, sizeof file38},
  {"collectors/aws/operations/config.json", file39, sizeof file39},
  {"collectors/aws/operations/dynamodb.json", file40, sizeof file40},
  {"collectors/aws/operations/ec2.json", file41, sizeof file41},
  {"collectors/aws/operations/ecr.json", file42, sizeof file42},
  {"collectors/aws/operations/ecs.json", file43, sizeof file43},
  {"collectors/aws/operations/efs.json", file44, sizeof file44},
  {"collectors/aws/operations/eks.json", file45, sizeof file45},
  {"collectors/aws/operations/elbv2.json", file46, sizeof file46},
  {"collectors/aws/operations/guardduty.json", file47, sizeof file47},
  {"collectors/aws/operations/iam.json", file48, sizeof file48},
  {"collectors/aws/operations/kms.json", file49, sizeof file49},
  {"collectors/aws/operations/lambda.json", file50, sizeof file50},
  {"collectors/aws/operations/logs.json", file51, sizeof file51},
  {"collectors/aws/operations/macie2.json", file52, sizeof file52},
  {"collectors/aws/operations/rds.json", file53, sizeof file53},
  {"collectors/aws/operations/s3.json", file54, sizeof file54},
  {"collectors/aws/operations/s3control.json", file55, sizeof file55},
  {"collectors/aws/operations/secretsmanager.json", file56, sizeof file56},
  {"collectors/aws/operations/securityhub.json", file57, sizeof file57},
  {"collectors/aws/operations/sns.json", file58, sizeof file58},
  {"collectors/aws/operations/sqs.json", file59, sizeof file59},
  {"collectors/aws/operations/sts.json", file60, sizeof file60},
  {"collectors/aws/rds.yaml", file61, sizeof file61},
  {"collectors/aws/s3.yaml", file62, sizeof file62},
  {"collectors/aws/s3control.yaml", file63, sizeof file63},
  {"collectors/aws/secretsmanager.yaml", file64, sizeof file64},
  {"collectors/aws/securityhub.yaml", file65, sizeof file65},
  {"collectors/aws/sns.yaml", file66, sizeof file66},
  {"collectors/aws/sqs.yaml", file67, sizeof file67},
};

size_t plumb_content_count(void) { return sizeof files / sizeof files[0]; }
plumb_content_file plumb_content_at(size_t index) { return files[index]; }
