"""What finding words in many texts takes."""
