"""What is run by hand: setting up, the tests, the demonstration, the pictures, the catalogs."""
