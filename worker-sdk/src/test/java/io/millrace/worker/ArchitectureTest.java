package io.millrace.worker;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.millrace.client.QueueOptions;

@AnalyzeClasses(packages = "io.millrace.worker", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule REPLAY_IS_PURE = classes()
            .that()
            .resideInAPackage("io.millrace.worker.internal.replay")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "io.millrace.schemas", "io.millrace.worker.internal.replay", "org.jspecify..");

    @ArchTest
    static final ArchRule ONLY_TRANSPORT_KNOWS_KAFKA = noClasses()
            .that()
            .resideOutsideOfPackage("io.millrace.worker.internal.transport")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule TRANSPORT_KNOWS_NO_EXECUTIONS = noClasses()
            .that()
            .resideInAPackage("io.millrace.worker.internal.transport")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.millrace.worker", "io.millrace.worker.internal.execution");

    @ArchTest
    static final ArchRule WORKER_KNOWS_NOTHING_OF_THE_CLIENT_BUT_WHAT_QUEUES_ARE = noClasses()
            .should()
            .dependOnClassesThat(resideInAPackage("io.millrace.client..").and(not(equivalentTo(QueueOptions.class))));

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_CLOCK = noClasses()
            .that()
            .resideInAPackage("io.millrace.worker.internal.execution")
            .and()
            .doNotHaveSimpleName("SystemClock")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);
}
