package io.staithe.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows as the agent's class path shows them. */
@AnalyzeClasses(packages = "io.staithe", importOptions = DoNotIncludeTests.class)
final class ArrowsTest {
    @ArchTest
    static final ArchRule generatedProtobufStaysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.staithe.proto..",
                    "io.staithe.wire..",
                    "io.staithe.agent.session..",
                    "io.staithe.agent.disk..",
                    "io.staithe.agent.check..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.staithe.proto..", "com.google.protobuf..", "io.grpc..")
            .because("only wire, the agent's session, its checkpoint and its gRPC checks know the wire's shape")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule agentKnowsNoServer = noClasses()
            .that()
            .resideInAPackage("io.staithe.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.staithe.server..", "io.staithe.capacity..", "io.staithe.cli..")
            .because("they meet on the network only")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingDependsOnTheAgent = noClasses()
            .that()
            .resideOutsideOfPackage("io.staithe.agent..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.staithe.agent..")
            .because("the agent is at the end of its arrows")
            .allowEmptyShould(true);
}
