package io.stepsampler.method;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PurityTest {

    private final JavaClasses method = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.stepsampler.method");

    @Test
    void theMethodDependsOnTheLanguageAndTheMessagesOnly() {
        assertThat(method).isNotEmpty();
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "io.stepsampler.messages", "io.stepsampler.method..", "org.ejml..", "org.jspecify..")
                .check(method);
    }
}
