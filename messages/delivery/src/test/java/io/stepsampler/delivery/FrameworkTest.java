package io.stepsampler.delivery;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class FrameworkTest {

    @Test
    void onlyTheWiringKnowsTheFramework() {
        classes()
                .that()
                .resideInAPackage("io.stepsampler.delivery")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "io.stepsampler.delivery",
                        "io.stepsampler.messages..",
                        "org.apache.kafka..",
                        "org.jdbi..",
                        "org.jspecify..",
                        "org.slf4j")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.stepsampler.delivery"));
    }
}
