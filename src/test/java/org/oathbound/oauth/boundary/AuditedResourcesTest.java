package org.oathbound.oauth.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audited;

@DisplayName("Every resource method that is no read names its action")
@Tag("slow")
class AuditedResourcesTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.oathbound");

    private static List<JavaMethod> methods(boolean reads) {
        return PRODUCT.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .filter(method -> method.isAnnotatedWith(GET.class) == reads)
                .toList();
    }

    @Test
    void byAnAnnotation() {
        List<JavaMethod> changes = methods(false);
        assertThat(changes).hasSizeGreaterThan(35).anyMatch(method -> method.isAnnotatedWith(DELETE.class));
        assertThat(changes)
                .filteredOn(method -> !method.isAnnotatedWith(Audited.class))
                .as("changes without @Audited")
                .isEmpty();
    }

    @Test
    void andSoDoesEachReadOfSecrets() {
        assertThat(methods(true).stream()
                        .filter(method -> method.isAnnotatedWith(Audited.class))
                        .map(method -> method.getAnnotationOfType(Audited.class).value()))
                .containsExactly(Action.BACKUP_READ);
    }
}
