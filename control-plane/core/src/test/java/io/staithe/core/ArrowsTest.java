package io.staithe.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * Time, ids and chance are arguments: core decides and does nothing else, or a seed would not replay a run. The pom keeps
 * other libraries out; this keeps out what the JDK itself would offer.
 */
@AnalyzeClasses(packages = "io.staithe.core", importOptions = DoNotIncludeTests.class)
final class ArrowsTest {
    @ArchTest
    static final ArchRule onlyJavaAndThreeLibraries = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.staithe.core..", "java..", "org.jspecify..", "org.pcollections..", "com.cronutils..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule oneClassReadsCron = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.staithe.core.schedule.FireTimes")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.cronutils..")
            .because("FireTimes says what AWS's expressions mean, and hides who reads them");

    @ArchTest
    static final ArchRule noWorldOutside = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.net..",
                    "java.sql..",
                    "java.lang.reflect..",
                    "java.util.logging..",
                    "java.util.concurrent.locks..")
            .because("core does no I/O, reflection, logging or locking")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noThreads = noClasses()
            .should()
            .dependOnClassesThat(assignableTo(Thread.class)
                    .or(assignableTo(ThreadLocal.class))
                    .or(assignableTo(ThreadFactory.class))
                    .or(assignableTo(Executor.class))
                    .or(assignableTo(CompletableFuture.class))
                    .or(assignableTo(Timer.class)))
            .because("the shell owns the threads; the control loop is a machine that it turns")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noClock = noClasses()
            .should()
            .dependOnClassesThat(assignableTo(Clock.class))
            .orShould()
            .accessTargetWhere(calls("a time of day", resideInAPackage("java.time.."), "now"))
            .orShould()
            .accessTargetWhere(calls(
                    "the machine's clock or surroundings",
                    assignableTo(System.class),
                    "currentTimeMillis",
                    "nanoTime",
                    "getenv",
                    "getProperty",
                    "identityHashCode",
                    "out",
                    "err"))
            .because("time is an argument")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noChance = noClasses()
            .should()
            .dependOnClassesThat(assignableTo(Random.class))
            .orShould()
            .accessTargetWhere(calls("a random id", assignableTo(UUID.class), "randomUUID"))
            .orShould()
            .accessTargetWhere(calls("a random number", assignableTo(Math.class), "random"))
            .orShould()
            .accessTargetWhere(calls("a generator of its own", assignableTo(RandomGenerator.class), "of", "getDefault"))
            .because("ids and chance are arguments")
            .allowEmptyShould(true);

    /** Any access (call or field) to one of the named members of a class that matches. */
    private static DescribedPredicate<JavaAccess<?>> calls(
            String what, DescribedPredicate<? super JavaClass> owner, String... members) {
        var names = Set.of(members);
        return describe(
                "is " + what, access -> names.contains(access.getName()) && owner.test(access.getTargetOwner()));
    }
}
