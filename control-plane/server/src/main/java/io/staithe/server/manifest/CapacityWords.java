package io.staithe.server.manifest;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.ecs.model.AcceleratorManufacturer;
import software.amazon.awssdk.services.ecs.model.AcceleratorName;
import software.amazon.awssdk.services.ecs.model.AcceleratorType;
import software.amazon.awssdk.services.ecs.model.BareMetal;
import software.amazon.awssdk.services.ecs.model.BurstablePerformance;
import software.amazon.awssdk.services.ecs.model.CpuManufacturer;
import software.amazon.awssdk.services.ecs.model.InstanceGeneration;
import software.amazon.awssdk.services.ecs.model.LocalStorage;
import software.amazon.awssdk.services.ecs.model.LocalStorageType;
import software.amazon.awssdk.services.ecs.model.ManagedDraining;
import software.amazon.awssdk.services.ecs.model.ManagedInstancesMonitoringOptions;
import software.amazon.awssdk.services.ecs.model.ManagedScalingStatus;
import software.amazon.awssdk.services.ecs.model.ManagedTerminationProtection;
import software.amazon.awssdk.services.ecs.model.PropagateMITags;

/** Part of {@link Words}: those of ECS's capacity providers. */
final class CapacityWords {
    static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("AutoScalingGroupProvider.managedDraining", Words.names(ManagedDraining.knownValues())),
            Map.entry(
                    "AutoScalingGroupProvider.managedTerminationProtection",
                    Words.names(ManagedTerminationProtection.knownValues())),
            Map.entry(
                    "CreateManagedInstancesProviderConfiguration.propagateTags",
                    Words.names(PropagateMITags.knownValues())),
            Map.entry(
                    "InstanceLaunchTemplate.monitoring", Words.names(ManagedInstancesMonitoringOptions.knownValues())),
            Map.entry(
                    "InstanceRequirementsRequest.acceleratorManufacturers",
                    Words.names(AcceleratorManufacturer.knownValues())),
            Map.entry("InstanceRequirementsRequest.acceleratorNames", Words.names(AcceleratorName.knownValues())),
            Map.entry("InstanceRequirementsRequest.acceleratorTypes", Words.names(AcceleratorType.knownValues())),
            Map.entry("InstanceRequirementsRequest.bareMetal", Words.names(BareMetal.knownValues())),
            Map.entry(
                    "InstanceRequirementsRequest.burstablePerformance",
                    Words.names(BurstablePerformance.knownValues())),
            Map.entry("InstanceRequirementsRequest.cpuManufacturers", Words.names(CpuManufacturer.knownValues())),
            Map.entry("InstanceRequirementsRequest.instanceGenerations", Words.names(InstanceGeneration.knownValues())),
            Map.entry("InstanceRequirementsRequest.localStorage", Words.names(LocalStorage.knownValues())),
            Map.entry("InstanceRequirementsRequest.localStorageTypes", Words.names(LocalStorageType.knownValues())),
            Map.entry("ManagedScaling.status", Words.names(ManagedScalingStatus.knownValues())));

    private CapacityWords() {}
}
