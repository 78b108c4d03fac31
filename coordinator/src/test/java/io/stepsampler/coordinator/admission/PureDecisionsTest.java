package io.stepsampler.coordinator.admission;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PureDecisionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"admission", "identity", "webhooks"})
    void decisionsNeedNoFramework(String name) {
        onlyNeeds(name);
    }

    @Test
    void whatADeploymentAllowsNeedsTheMessagesAlone() {
        onlyNeeds(
                "deployment",
                "io.stepsampler.coordinator.identity",
                "io.stepsampler.messages..",
                "com.fasterxml.jackson.annotation",
                "com.fasterxml.jackson.core",
                "com.fasterxml.jackson.databind..");
    }

    private static void onlyNeeds(String name, String... others) {
        String decisions = "io.stepsampler.coordinator." + name;
        List<String> allowed = new ArrayList<>(List.of("java..", "javax.crypto..", decisions, "org.jspecify.."));
        allowed.addAll(List.of(others));
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(decisions));
    }
}
