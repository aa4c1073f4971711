package io.staithe.server.ecs;

import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** An account with a task definition and a target group, and the calls that tests of services make. */
abstract class ServicesScene {
    final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    @BeforeEach
    void aTargetGroup() {
        ecs.put(EcsFixture.targetGroup("web-tg"));
    }

    Service create(CreateServiceRequest.Builder request) {
        CreateServiceResponse answer = ecs.call(request.build());
        return answer.service();
    }

    Service update(UpdateServiceRequest.Builder request) {
        UpdateServiceResponse answer = ecs.call(request.service("shop").build());
        return answer.service();
    }

    Service describe(String name) {
        DescribeServicesResponse answer =
                ecs.call(DescribeServicesRequest.builder().services(name).build());
        return answer.services().get(0);
    }

    static LoadBalancer loadBalancer(String targetGroup, String container, int port) {
        return LoadBalancer.builder()
                .targetGroupArn(targetGroup)
                .containerName(container)
                .containerPort(port)
                .build();
    }
}
