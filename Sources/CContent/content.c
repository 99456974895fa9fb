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
#embed "../../Content/collectors/aws/dynamodb.yaml"
};
static const unsigned char file18[] = {
#embed "../../Content/collectors/aws/ec2.yaml"
};
static const unsigned char file19[] = {
#embed "../../Content/collectors/aws/ecr.yaml"
};
static const unsigned char file20[] = {
#embed "../../Content/collectors/aws/ecs.yaml"
};
static const unsigned char file21[] = {
#embed "../../Content/collectors/aws/efs.yaml"
};
static const unsigned char file22[] = {
#embed "../../Content/collectors/aws/eks.yaml"
};
static const unsigned char file23[] = {
#embed "../../Content/collectors/aws/elbv2.yaml"
};
static const unsigned char file24[] = {
#embed "../../Content/collectors/aws/kms.yaml"
};
static const unsigned char file25[] = {
#embed "../../Content/collectors/aws/lambda.yaml"
};
static const unsigned char file26[] = {
#embed "../../Content/collectors/aws/operations/dynamodb.json"
};
static const unsigned char file27[] = {
#embed "../../Content/collectors/aws/operations/ec2.json"
};
static const unsigned char file28[] = {
#embed "../../Content/collectors/aws/operations/ecr.json"
};
static const unsigned char file29[] = {
#embed "../../Content/collectors/aws/operations/ecs.json"
};
static const unsigned char file30[] = {
#embed "../../Content/collectors/aws/operations/efs.json"
};
static const unsigned char file31[] = {
#embed "../../Content/collectors/aws/operations/eks.json"
};
static const unsigned char file32[] = {
#embed "../../Content/collectors/aws/operations/elbv2.json"
};
static const unsigned char file33[] = {
#embed "../../Content/collectors/aws/operations/kms.json"
};
static const unsigned char file34[] = {
#embed "../../Content/collectors/aws/operations/lambda.json"
};
static const unsigned char file35[] = {
#embed "../../Content/collectors/aws/operations/rds.json"
};
static const unsigned char file36[] = {
#embed "../../Content/collectors/aws/operations/secretsmanager.json"
};
static const unsigned char file37[] = {
#embed "../../Content/collectors/aws/operations/sqs.json"
};
static const unsigned char file38[] = {
#embed "../../Content/collectors/aws/operations/sts.json"
};
static const unsigned char file39[] = {
#embed "../../Content/collectors/aws/rds.yaml"
};
static const unsigned char file40[] = {
#embed "../../Content/collectors/aws/secretsmanager.yaml"
};
static const unsigned char file41[] = {
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
  {"collectors/aws/dynamodb.yaml", file17, sizeof file17},
  {"collectors/aws/ec2.yaml", file18, sizeof file18},
  {"collectors/aws/ecr.yaml", file19, sizeof file19},
  {"collectors/aws/ecs.yaml", file20, sizeof file20},
  {"collectors/aws/efs.yaml", file21, sizeof file21},
  {"collectors/aws/eks.yaml", file22, sizeof file22},
  {"collectors/aws/elbv2.yaml", file23, sizeof file23},
  {"collectors/aws/kms.yaml", file24, sizeof file24},
  {"collectors/aws/lambda.yaml", file25, sizeof file25},
  {"collectors/aws/operations/dynamodb.json", file26, sizeof file26},
  {"collectors/aws/operations/ec2.json", file27, sizeof file27},
  {"collectors/aws/operations/ecr.json", file28, sizeof file28},
  {"collectors/aws/operations/ecs.json", file29, sizeof file29},
  {"collectors/aws/operations/efs.json", file30, sizeof file30},
  {"collectors/aws/operations/eks.json", file31, sizeof file31},
  {"collectors/aws/operations/elbv2.json", file32, sizeof file32},
  {"collectors/aws/operations/kms.json", file33, sizeof file33},
  {"collectors/aws/operations/lambda.json", file34, sizeof file34},
  {"collectors/aws/operations/rds.json", file35, sizeof file35},
  {"collectors/aws/operations/secretsmanager.json", file36, sizeof file36},
  {"collectors/aws/operations/sqs.json", file37, sizeof file37},
  {"collectors/aws/operations/sts.json", file38, sizeof file38},
  {"collectors/aws/rds.yaml", file39, sizeof file39},
  {"collectors/aws/secretsmanager.yaml", file40, sizeof file40},
  {"collectors/aws/sqs.yaml", file41, sizeof file41},
};

size_t plumb_content_count(void) { return sizeof files / sizeof files[0]; }
plumb_content_file plumb_content_at(size_t index) { return files[index]; }
