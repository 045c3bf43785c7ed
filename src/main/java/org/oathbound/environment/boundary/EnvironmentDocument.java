package org.oathbound.environment.boundary;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.oathbound.environment.Documents;
import org.oathbound.environment.EnvironmentDescription;
import org.oathbound.http.JsonFields;
import org.oathbound.problem.Problem;

/**
 * An environment as an administrator writes it. What only PingOne has, a licence, a region and a type, is held against its
 * vocabulary and kept, for a client such as Terraform compares what it reads with what it wrote.
 */
final class EnvironmentDocument {

    private static final int MAX_LENGTH = 256;
    private static final String NAME = "name";
    private static final Set<String> KNOWN = Set.of(NAME, "application", "createdAt", "organization");
    private static final List<String> TYPES = List.of("PRODUCTION", "SANDBOX");
    private static final List<String> REGIONS = List.of("NA", "EU", "AP", "CA", "AU", "SG");

    private EnvironmentDocument() {}

    /** {@link Problem.InvalidData} with every fault. */
    static EnvironmentDescription read(JsonObject body) {
        return JsonFields.read(body, fields -> {
            String name = fields.required(NAME).line(MAX_LENGTH);
            fields.optional("type").oneOf(TYPES);
            fields.optional("region").oneOf(REGIONS);
            fields.optional("license").object().required("id").line(MAX_LENGTH);
            return name == null ? null : new EnvironmentDescription(name, Documents.kept(body, KNOWN));
        });
    }
}
