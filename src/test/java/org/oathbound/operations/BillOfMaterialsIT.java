package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BillOfMaterialsIT {

    private static final Path JAR = Path.of(System.getProperty("it.jar"));
    private static JsonObject bom = JsonObject.EMPTY_JSON_OBJECT;

    @BeforeAll
    static void read() throws IOException {
        try (var reader = Json.createReader(Files.newInputStream(JAR.resolveSibling("bom.json")))) {
            bom = reader.readObject();
        }
    }

    @Test
    void everyArchiveInTheRunnableJarIsAComponent() throws IOException {
        var archives = new ArrayList<String>();
        try (var content = Files.newInputStream(JAR)) {
            archives(content, "", archives);
        }
        archives.remove("MICRO-INF/deploy/ROOT.war");

        assertThat(archives).hasSizeGreaterThan(300);
        assertThat(components().stream().flatMap(BillOfMaterialsIT::places)).containsAll(archives);
    }

    @Test
    void everyComponentHasAVersionAndAPackageUrl() {
        assertThat(components()).allSatisfy(component -> {
            assertThat(component.getString("version")).matches("\\d.*");
            assertThat(component.getString("purl")).startsWith("pkg:").contains("@" + component.getString("version"));
        });
    }

    /** What is on Maven Central is found in lists of vulnerabilities by its coordinates there only. */
    @Test
    void onlyPartsOfPayaraWithoutCoordinatesAreGeneric() {
        assertThat(components().stream()
                        .filter(component -> component.getString("purl").startsWith("pkg:generic/"))
                        .map(component -> component.getString("name")))
                .containsOnly(
                        "__cp_jdbc_ra",
                        "__dm_jdbc_ra",
                        "__ds_jdbc_ra",
                        "__xa_jdbc_ra",
                        "data", // of H2
                        "dtds",
                        "jndi-properties",
                        "org.tanukisoftware.wrapper",
                        "schemas");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.google.code.gson/gson", // inside Nimbus
                "com.nimbusds/nimbus-jose-jwt",
                "com.unboundid/unboundid-ldapsdk",
                "fish.payara.extras/payara-micro",
                "io.opentelemetry/opentelemetry-sdk",
                "org.glassfish.grizzly/grizzly-framework",
                "org.glassfish.grizzly/grizzly-http-server",
                "org.glassfish.grizzly/grizzly-http-servlet",
                "org.glassfish.jersey.core/jersey-server",
                "org.jboss.weld/weld-core-impl",
                "org.ow2.asm/asm",
                "org.webjars/swagger-ui"
            })
    void names(String component) {
        assertThat(components().stream().map(found -> found.getString("purl")))
                .anyMatch(purl -> purl.startsWith("pkg:maven/" + component + "@"));
    }

    @Test
    void referencesAreUniqueAndEachDependencyIsAComponent() {
        var references =
                components().stream().map(found -> found.getString("bom-ref")).toList();

        assertThat(references).doesNotHaveDuplicates();
        assertThat(bom.getJsonArray("dependencies").getValuesAs(JsonObject.class).stream()
                        .map(dependency -> dependency.getOrDefault("dependsOn", JsonArray.EMPTY_JSON_ARRAY))
                        .flatMap(on -> on.asJsonArray().stream())
                        .map(reference -> ((JsonString) reference).getString()))
                .isSubsetOf(references);
    }

    private static List<JsonObject> components() {
        return bom.getJsonArray("components").getValuesAs(JsonObject.class);
    }

    private static Stream<String> places(JsonObject component) {
        return component.getJsonObject("evidence").getJsonArray("occurrences").getValuesAs(JsonObject.class).stream()
                .map(occurrence -> occurrence.getString("location"));
    }

    private static void archives(InputStream content, String place, List<String> found) throws IOException {
        var entries = new ZipInputStream(content);
        for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (entry.getName().matches(".*\\.(jar|war|rar|ear|zip)")) {
                found.add(place + entry.getName());
                archives(new ByteArrayInputStream(entries.readAllBytes()), place + entry.getName() + "!/", found);
            }
        }
    }
}
