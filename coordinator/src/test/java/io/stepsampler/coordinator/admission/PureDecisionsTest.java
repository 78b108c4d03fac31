package io.stepsampler.coordinator.admission;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PureDecisionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"admission", "identity"})
    void decisionsNeedNoFramework(String name) {
        String decisions = "io.stepsampler.coordinator." + name;
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", decisions, "org.jspecify..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(decisions));
    }
}
