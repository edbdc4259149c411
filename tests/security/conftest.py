from tests.factories.sites import browser, site, sqlite_site

__all__ = ["browser", "site", "sqlite_site"]
