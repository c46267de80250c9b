"""The shipped sources, as the tests of RDF have them."""

from tests.rdf.conftest import shipped as shipped
