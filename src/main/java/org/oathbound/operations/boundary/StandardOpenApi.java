package org.oathbound.operations.boundary;

import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/** Takes the root member {@code endpoints}, which Payara adds and OpenAPI 3.0 does not allow, out of {@code /openapi}. */
public class StandardOpenApi implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        try {
            // The member is in no interface, only in Payara's own class; empty, it is not written.
            if (document.getClass().getMethod("getEndpoints").invoke(document) instanceof Map<?, ?> endpoints) {
                endpoints.clear();
            }
        } catch (ReflectiveOperationException e) {
            // No such member: nothing to take out.
        }
    }
}
