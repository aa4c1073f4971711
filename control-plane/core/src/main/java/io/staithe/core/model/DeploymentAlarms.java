package io.staithe.core.model;

import java.util.List;

/**
 * Alarms that end a deployment. One that is in ALARM already when the deployment begins is not heeded (ECS).
 *
 * @param rollback whether the last completed deployment comes back then
 */
public record DeploymentAlarms(List<String> alarmNames, boolean enable, boolean rollback) {
    public DeploymentAlarms {
        alarmNames = Check.list(alarmNames);
        Check.atMost(alarmNames, 100, "alarmNames");
        for (String name : alarmNames) Check.text(name, "alarmNames", 255);
        Check.that(!enable || !alarmNames.isEmpty(), "alarmNames", "is required where alarms are enabled");
    }
}
