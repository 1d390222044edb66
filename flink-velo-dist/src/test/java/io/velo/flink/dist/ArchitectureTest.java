// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.dist;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import io.velo.flink.common.scheme.Scheme;
import org.junit.jupiter.api.Test;

/** The arrows between modules, as docs/architecture.md draws them. No violation is frozen. */
class ArchitectureTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new DoNotIncludeTests())
                    .importPackages("io.velo.flink");

    private static final String[] ROOMS = {
        "io.velo.flink.kafka..",
        "io.velo.flink.clickhouse..",
        "io.velo.flink.postgres..",
        "io.velo.flink.redis.."
    };

    @Test
    void commonKnowsNobody() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.velo.flink.common..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.velo.flink.uri..",
                                "io.velo.flink.testkit..",
                                "io.velo.flink.dist..",
                                ROOMS[0],
                                ROOMS[1],
                                ROOMS[2],
                                ROOMS[3]);
        rule.check(CLASSES);
    }

    @Test
    void theFrontDeskKnowsNoRoom() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.velo.flink.uri..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(ROOMS);
        rule.check(CLASSES);
    }

    @Test
    void theTestkitKnowsNoRoom() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAPackage("io.velo.flink.testkit..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(ROOMS);
        rule.check(CLASSES);
    }

    @Test
    void noRoomKnowsAnother() {
        ArchRule rule =
                slices().matching("io.velo.flink.(kafka|clickhouse|postgres|redis)..")
                        .should()
                        .notDependOnEachOther();
        rule.check(CLASSES);
    }

    @Test
    void roomsKnowOnlyCommon() {
        ArchRule rule =
                noClasses()
                        .that()
                        .resideInAnyPackage(ROOMS)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.velo.flink.uri..",
                                "io.velo.flink.testkit..",
                                "io.velo.flink.dist..");
        rule.check(CLASSES);
    }

    @Test
    void schemesAreFinalAndNamedSo() {
        ArchRule rule =
                classes()
                        .that()
                        .areAssignableTo(Scheme.class)
                        .and()
                        .areNotInterfaces()
                        .should()
                        .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL)
                        .andShould()
                        .haveSimpleNameEndingWith("Scheme");
        rule.check(CLASSES);
    }

    @Test
    void nothingReadsJavaSerialization() {
        ArchRule rule =
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.io.ObjectInputStream");
        rule.check(CLASSES);
    }

    @Test
    void nobodyIsCalledUtilHelperOrManager() {
        ArchRule rule = noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager)$");
        rule.check(CLASSES);
    }

    @Test
    void packagesOfCommonHaveNoCycles() {
        ArchRule rule = slices().matching("io.velo.flink.common.(*)..").should().beFreeOfCycles();
        rule.check(CLASSES);
    }

    @Test
    void theRulesSeeTheWholeProduct() {
        for (String name :
                new String[] {
                    "common.uri.VeloUri",
                    "uri.table.VeloTableFactory",
                    "kafka.KafkaScheme",
                    "postgres.PostgresScheme",
                    "redis.RedisScheme",
                    "testkit.memory.MemoryScheme",
                    "dist.cli.Velo"
                }) {
            assertThat(CLASSES.contain("io.velo.flink." + name)).as(name).isTrue();
        }
    }
}
