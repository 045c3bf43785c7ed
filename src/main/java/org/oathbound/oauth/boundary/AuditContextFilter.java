package org.oathbound.oauth.boundary;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditContext;
import org.oathbound.audit.AuditContext.Scope;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.http.ClientAddress;

/**
 * Knows where a request comes from, from its first byte to the last of its answer, and forgets it then. Brings the audit to
 * {@link AuditFilter} and the settings to {@link AuthorizationFilter}, which JAX-RS makes and CDI knows nothing of.
 */
@WebFilter("/*")
public class AuditContextFilter implements Filter {

    /** The request's attribute that holds the {@link Audit}. */
    static final String AUDIT = AuditContextFilter.class.getName() + ".audit";

    /** The request's attribute that holds the {@link CurrentSettings}. */
    static final String SETTINGS = AuditContextFilter.class.getName() + ".settings";

    private final Audit audit;
    private final ClientAddress clientAddress;
    private final CurrentSettings settings;

    @Inject
    public AuditContextFilter(Audit audit, ClientAddress clientAddress, CurrentSettings settings) {
        this.audit = audit;
        this.clientAddress = clientAddress;
        this.settings = settings;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Scope scope = AuditContext.from(clientAddress.of((HttpServletRequest) request))
                .enter();
        request.setAttribute(AUDIT, audit);
        request.setAttribute(SETTINGS, settings);
        try {
            chain.doFilter(request, response);
        } finally {
            scope.close();
        }
    }
}
