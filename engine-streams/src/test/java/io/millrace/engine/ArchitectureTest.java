package io.millrace.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may depend on what. */
@AnalyzeClasses(packages = "io.millrace.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule THE_MACHINE_IS_PURE = classes()
            .that()
            .resideInAPackage("..engine.machine..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.engine.machine..",
                    "io.millrace.schemas",
                    "io.millrace.schemas.store",
                    // What the generated records extend.
                    "org.apache.avro.specific..",
                    "org.apache.avro.data..",
                    "org.jspecify.annotations..",
                    "java..")
            .because("it is tested, simulated and reasoned about without anything around it");

    @ArchTest
    static final ArchRule THE_MACHINE_HAS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage("..engine.machine..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.random.RandomGenerator.class)
            .because("an input that is processed again must lead to the same decision");

    @ArchTest
    static final ArchRule DISPATCH_KNOWS_NO_KAFKA = classes()
            .that()
            .resideInAPackage("..engine.dispatch..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.engine.dispatch..",
                    "io.millrace.schemas",
                    "org.apache.avro.specific..",
                    "org.jspecify.annotations..",
                    "java..");

    @ArchTest
    static final ArchRule THE_LISTING_KNOWS_NO_STORE = classes()
            .that()
            .resideInAPackage("..engine.listing..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.millrace.engine.listing..",
                    "io.millrace.engine.machine",
                    "io.millrace.schemas",
                    "io.millrace.schemas.store",
                    "org.apache.avro.specific..",
                    "org.jspecify.annotations..",
                    "java..");

    @ArchTest
    static final ArchRule KAFKA_STAYS_IN_THE_SHELL = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.millrace.engine", "..engine.topology..", "..engine.store..", "..engine.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.rocksdb..");

    @ArchTest
    static final ArchRule NOTHING_GOES_ROUND_IN_CIRCLES =
            slices().matching("io.millrace.engine.(*)..").should().beFreeOfCycles();
}
