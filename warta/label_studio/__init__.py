"""Label Studio: configurations, lossless conversion, checks of what comes back, and the server's keeper."""
