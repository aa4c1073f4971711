package io.staithe.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The arrows between modules as the server's class path shows them: all but the agent, the CLI and the simulation, which
 * have poms (and, the agent, a test) of their own. The poms forbid most of this already; here it is said by package, and
 * for generated protobuf, which no pom can confine.
 */
@AnalyzeClasses(packages = "io.staithe", importOptions = DoNotIncludeTests.class)
final class ArrowsTest {
    @ArchTest
    static final ArchRule generatedProtobufStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("io.staithe.proto..", "io.staithe.wire..", "io.staithe.server.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.staithe.proto..", "com.google.protobuf..")
            .because("only wire and the gateway know the wire's shape")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule serverKnowsNoAgent = noClasses()
            .that()
            .resideInAPackage("io.staithe.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.staithe.agent..", "io.staithe.cli..", "io.staithe.simulation..")
            .because("they meet on the network only")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingDependsOnTheServer = noClasses()
            .that()
            .resideOutsideOfPackage("io.staithe.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.staithe.server..")
            .because("the shell is at the end of every arrow")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule plannerKnowsNoLoadBalancer = noClasses()
            .that()
            .resideInAPackage("io.staithe.capacity..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.staithe.loadbalancer..", "io.staithe.wire..")
            .because("machines and traffic meet in the store")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule loadBalancerKnowsNoPlanner = noClasses()
            .that()
            .resideInAPackage("io.staithe.loadbalancer..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.staithe.capacity..", "io.staithe.wire..")
            .because("traffic and machines meet in the store")
            .allowEmptyShould(true);
}
