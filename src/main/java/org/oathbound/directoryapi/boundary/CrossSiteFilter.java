package org.oathbound.directoryapi.boundary;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import org.oathbound.problem.Problem;

/**
 * Refuses what a page of another site sends by a browser (Fetch Metadata, {@code Sec-Fetch-Site}): a browser that remembers the
 * credentials of HTTP's own scheme would send them with it. Programs do not send that header, and a page can't set it.
 */
@Provider
@CrossSiteFilter.NoOtherSite
@Priority(Priorities.AUTHENTICATION - 1) // before a password costs a hash
public class CrossSiteFilter implements ContainerRequestFilter {

    private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

    /** Marks the resources that no other site's page may call. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface NoOtherSite {}

    @Override
    public void filter(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (site != null && OTHER_SITES.contains(site)) {
            throw new Problem.Forbidden("A page of another site may not call this.");
        }
    }
}
