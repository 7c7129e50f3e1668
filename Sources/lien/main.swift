print("lien")
