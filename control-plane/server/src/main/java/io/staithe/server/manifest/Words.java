package io.staithe.server.manifest;

import io.staithe.server.aws.NewerMembers;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.ApplicationProtocol;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CPUArchitecture;
import software.amazon.awssdk.services.ecs.model.ClusterSettingName;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHookStage;
import software.amazon.awssdk.services.ecs.model.DeploymentStrategy;
import software.amazon.awssdk.services.ecs.model.DeviceCgroupPermission;
import software.amazon.awssdk.services.ecs.model.EBSResourceType;
import software.amazon.awssdk.services.ecs.model.EFSAuthorizationConfigIAM;
import software.amazon.awssdk.services.ecs.model.EFSTransitEncryption;
import software.amazon.awssdk.services.ecs.model.EnvironmentFileType;
import software.amazon.awssdk.services.ecs.model.ExecuteCommandLogging;
import software.amazon.awssdk.services.ecs.model.FirelensConfigurationType;
import software.amazon.awssdk.services.ecs.model.IpcMode;
import software.amazon.awssdk.services.ecs.model.LaunchType;
import software.amazon.awssdk.services.ecs.model.LogDriver;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.OSFamily;
import software.amazon.awssdk.services.ecs.model.PidMode;
import software.amazon.awssdk.services.ecs.model.PlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.PlacementStrategyType;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.ProxyConfigurationType;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Scope;
import software.amazon.awssdk.services.ecs.model.ServiceConnectAccessLoggingFormat;
import software.amazon.awssdk.services.ecs.model.ServiceConnectIncludeQueryParameters;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraintType;
import software.amazon.awssdk.services.ecs.model.TaskFilesystemType;
import software.amazon.awssdk.services.ecs.model.TransportProtocol;
import software.amazon.awssdk.services.ecs.model.UlimitName;
import software.amazon.awssdk.services.ecs.model.VersionConsistency;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AdvertiseTrustStoreCaNamesEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateCognitoActionConditionalBehaviorEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AuthenticateOidcActionConditionalBehaviorEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.EnablePrefixForIpv6SourceNatEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.IpAddressType;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.JwtValidationActionAdditionalClaimFormatEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RedirectActionStatusCodeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupIpAddressTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TransformTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TrustStoreAssociationStatusEnum;

/**
 * The words that a field of text may hold, where the API has a fixed set of them. The SDK's fields do not say which
 * enumeration is theirs, so it is said here, by the shape's and the field's name; a test compares this table with the SDK.
 * The type of a resource requirement is not among them: hosts may declare more resources than ECS has words for.
 */
final class Words {
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("Action.Type", names(ActionTypeEnum.knownValues())),
            Map.entry(
                    "AuthenticateCognitoActionConfig.OnUnauthenticatedRequest",
                    names(AuthenticateCognitoActionConditionalBehaviorEnum.knownValues())),
            Map.entry(
                    "AuthenticateOidcActionConfig.OnUnauthenticatedRequest",
                    names(AuthenticateOidcActionConditionalBehaviorEnum.knownValues())),
            Map.entry("AwsVpcConfiguration.assignPublicIp", names(AssignPublicIp.knownValues())),
            Map.entry("ClusterSetting.name", names(ClusterSettingName.knownValues())),
            Map.entry("ContainerDefinition.versionConsistency", names(VersionConsistency.knownValues())),
            Map.entry("ContainerDependency.condition", names(ContainerCondition.knownValues())),
            Map.entry("CreateListenerRequest.Protocol", names(ProtocolEnum.knownValues())),
            Map.entry(
                    "CreateLoadBalancerRequest.EnablePrefixForIpv6SourceNat",
                    names(EnablePrefixForIpv6SourceNatEnum.knownValues())),
            Map.entry("CreateLoadBalancerRequest.IpAddressType", names(IpAddressType.knownValues())),
            Map.entry("CreateLoadBalancerRequest.Scheme", names(LoadBalancerSchemeEnum.knownValues())),
            Map.entry("CreateLoadBalancerRequest.Type", names(LoadBalancerTypeEnum.knownValues())),
            Map.entry(
                    "CreateServiceRequest.availabilityZoneRebalancing",
                    names(AvailabilityZoneRebalancing.knownValues())),
            Map.entry("CreateServiceRequest.launchType", names(LaunchType.knownValues())),
            Map.entry("CreateServiceRequest.propagateTags", names(PropagateTags.knownValues())),
            Map.entry("CreateServiceRequest.schedulingStrategy", names(SchedulingStrategy.knownValues())),
            Map.entry("CreateTargetGroupRequest.HealthCheckProtocol", names(ProtocolEnum.knownValues())),
            Map.entry("CreateTargetGroupRequest.IpAddressType", names(TargetGroupIpAddressTypeEnum.knownValues())),
            Map.entry("CreateTargetGroupRequest.Protocol", names(ProtocolEnum.knownValues())),
            Map.entry("CreateTargetGroupRequest.TargetType", names(TargetTypeEnum.knownValues())),
            Map.entry("DeploymentConfiguration.strategy", names(DeploymentStrategy.knownValues())),
            Map.entry("DeploymentController.type", names(DeploymentControllerType.knownValues())),
            Map.entry("DeploymentLifecycleHook.lifecycleStages", names(DeploymentLifecycleHookStage.knownValues())),
            Map.entry("Device.permissions", names(DeviceCgroupPermission.knownValues())),
            Map.entry("DockerVolumeConfiguration.scope", names(Scope.knownValues())),
            Map.entry("EBSTagSpecification.propagateTags", names(PropagateTags.knownValues())),
            Map.entry("EBSTagSpecification.resourceType", names(EBSResourceType.knownValues())),
            Map.entry("EFSAuthorizationConfig.iam", names(EFSAuthorizationConfigIAM.knownValues())),
            Map.entry("EFSVolumeConfiguration.transitEncryption", names(EFSTransitEncryption.knownValues())),
            Map.entry("EnvironmentFile.type", names(EnvironmentFileType.knownValues())),
            Map.entry("ExecuteCommandConfiguration.logging", names(ExecuteCommandLogging.knownValues())),
            Map.entry("FirelensConfiguration.type", names(FirelensConfigurationType.knownValues())),
            Map.entry(
                    "JwtValidationActionAdditionalClaim.Format",
                    names(JwtValidationActionAdditionalClaimFormatEnum.knownValues())),
            Map.entry("LogConfiguration.logDriver", names(LogDriver.knownValues())),
            Map.entry(
                    "MutualAuthenticationAttributes.AdvertiseTrustStoreCaNames",
                    names(AdvertiseTrustStoreCaNamesEnum.knownValues())),
            Map.entry(
                    "MutualAuthenticationAttributes.TrustStoreAssociationStatus",
                    names(TrustStoreAssociationStatusEnum.knownValues())),
            Map.entry("PlacementConstraint.type", names(PlacementConstraintType.knownValues())),
            Map.entry("PlacementStrategy.type", names(PlacementStrategyType.knownValues())),
            Map.entry("PortMapping.appProtocol", names(ApplicationProtocol.knownValues())),
            Map.entry("PortMapping.protocol", names(TransportProtocol.knownValues())),
            Map.entry("ProxyConfiguration.type", names(ProxyConfigurationType.knownValues())),
            Map.entry("RedirectActionConfig.StatusCode", names(RedirectActionStatusCodeEnum.knownValues())),
            Map.entry("RegisterTaskDefinitionRequest.ipcMode", names(IpcMode.knownValues())),
            Map.entry("RegisterTaskDefinitionRequest.networkMode", names(NetworkMode.knownValues())),
            Map.entry("RegisterTaskDefinitionRequest.pidMode", names(PidMode.knownValues())),
            Map.entry("RegisterTaskDefinitionRequest.requiresCompatibilities", names(Compatibility.knownValues())),
            Map.entry("RuleTransform.Type", names(TransformTypeEnum.knownValues())),
            Map.entry("RuntimePlatform.cpuArchitecture", names(CPUArchitecture.knownValues())),
            Map.entry("RuntimePlatform.operatingSystemFamily", names(OSFamily.knownValues())),
            Map.entry(
                    "ServiceConnectAccessLogConfiguration.format",
                    names(ServiceConnectAccessLoggingFormat.knownValues())),
            Map.entry(
                    "ServiceConnectAccessLogConfiguration.includeQueryParameters",
                    names(ServiceConnectIncludeQueryParameters.knownValues())),
            Map.entry("ServiceManagedEBSVolumeConfiguration.filesystemType", names(TaskFilesystemType.knownValues())),
            Map.entry(
                    "TaskDefinitionPlacementConstraint.type",
                    names(TaskDefinitionPlacementConstraintType.knownValues())),
            Map.entry("Ulimit.name", names(UlimitName.knownValues())));

    private Words() {}

    /** Empty when every text will do. */
    static Set<String> of(SdkPojo builder, SdkField<?> field) {
        String name = NewerMembers.name(builder) + "." + field.locationName();
        return Stream.of(WORDS, ScheduleWords.WORDS, CapacityWords.WORDS)
                .flatMap(words -> Stream.ofNullable(words.get(name)))
                .findFirst()
                .orElse(Set.of());
    }

    static Set<String> names(Set<? extends Enum<?>> known) {
        return known.stream().map(Enum::toString).collect(Collectors.toUnmodifiableSet());
    }
}
