# SPDX-License-Identifier: Apache-2.0
"""Instances, disks, file systems."""


def instance(e, region, n, variant):
    tokens, endpoint, profile, state, encrypted = variant
    ec2, (_, _, subnets) = e("ec2", region), e.vpcs[region][n % len(e.vpcs[region])]
    more = {"IamInstanceProfile": {"Arn": e.profile}} if profile else {}
    i = ec2.run_instances(
        ImageId="ami-12345678",
        InstanceType="t3.micro",
        MinCount=1,
        MaxCount=1,
        SubnetId=subnets[n % 2],
        MetadataOptions={"HttpTokens": tokens, "HttpEndpoint": endpoint},
        **more,
        BlockDeviceMappings=[
            {"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8, "Encrypted": encrypted, "DeleteOnTermination": True}}
        ],
        TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": f"host-{n}"}]}],
    )["Instances"][0]
    iid = i["InstanceId"]
    found = ec2.describe_instances(InstanceIds=[iid])["Reservations"][0]["Instances"][0]
    if state == "stopped":
        ec2.stop_instances(InstanceIds=[iid])
    if state == "terminated":
        ec2.terminate_instances(InstanceIds=[iid])
        return
    arn = e.arn("ec2", region, f"instance/{iid}")
    e.say("ec2_instance_imdsv2_enabled", arn, tokens == "required" or endpoint == "disabled")
    e.say("ec2_instance_profile_attached", arn, profile)
    for m in found["BlockDeviceMappings"]:
        e.say("ec2_ebs_volume_encryption", e.arn("ec2", region, f"volume/{m['Ebs']['VolumeId']}"), encrypted)


def volume(e, region, n, variant):
    v = e("ec2", region).create_volume(AvailabilityZone=f"{region}a", Size=1, Encrypted=variant)["VolumeId"]
    e.say("ec2_ebs_volume_encryption", e.arn("ec2", region, f"volume/{v}"), variant)


def snapshot(e, region, n, variant):
    ec2 = e("ec2", region)
    v = ec2.create_volume(AvailabilityZone=f"{region}a", Size=1, Encrypted=False)["VolumeId"]
    e.say("ec2_ebs_volume_encryption", e.arn("ec2", region, f"volume/{v}"), False)
    e.count("AWS::EC2::Volume")
    s = ec2.create_snapshot(VolumeId=v)["SnapshotId"]
    if variant == "public":                              # no check of ours looks at this yet
        ec2.modify_snapshot_attribute(
            SnapshotId=s, Attribute="createVolumePermission", OperationType="add", GroupNames=["all"]
        )


def file_system(e, region, n, variant):
    f = e("efs", region).create_file_system(CreationToken=f"fs-{e.tag}-{n}", Encrypted=variant)
    e.say("efs_encryption_at_rest_enabled", f["FileSystemArn"], variant)
